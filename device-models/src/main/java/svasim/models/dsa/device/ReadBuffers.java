package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Credits for lines on their way from memory and to it, shared by the engines of the group. One
 * transfer may hold three quarters of them at most, so that others go on while it waits for a page.
 */
final class ReadBuffers {
    private static final int LINE_SHIFT = 6;

    private final int limit;
    private final Queue<Runnable> waiters = new ArrayDeque<>();
    private int free;

    ReadBuffers(int lines) {
        limit = lines / 4 * 3;
        free = lines;
    }

    /** Lines that an access to so many bytes, one at least, touches. */
    static int lines(long address, int bytes) {
        return (int) ((address + bytes - 1 >>> LINE_SHIFT) - (address >>> LINE_SHIFT)) + 1;
    }

    /** Lines that one transfer may hold. */
    int most() {
        return limit;
    }

    /**
     * @param held lines that the same transfer has already
     * @return whether the lines were given
     */
    boolean take(int lines, int held) {
        if (held + lines > limit && held > 0 || lines > free) {
            return false;
        }
        free -= lines;
        return true;
    }

    /** Calls back once when lines come free. */
    void await(Runnable waiter) {
        waiters.add(waiter);
    }

    void give(int lines) {
        free += lines;
        for (int n = waiters.size(); n > 0; n--) {
            waiters.remove().run();
        }
    }
}
