package svasim.os.task;

import java.util.ArrayList;
import java.util.List;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;

/**
 * A sleeping lock with many readers or one writer (rw_semaphore). A step takes it with {@code
 * return lock.read(this)} or {@code lock.write(this)} and is run again until it has it; the owner
 * is the variables of the call that took it. A writer that waits keeps new readers out.
 */
public final class ReadWriteLock implements WaitQueue.Held {
    private final String name;
    private final WaitQueue queue;
    private final Holders readers = new Holders();
    private final Holders writersWaiting = new Holders();
    private Object writer;

    /** Owners by their identity; seldom more than one. */
    private static final class Holders {
        private final List<Object> all = new ArrayList<>(0);

        void add(Object one) {
            if (place(one) < 0) {
                all.add(one);
            }
        }

        boolean remove(Object one) {
            int place = place(one);
            return place >= 0 && all.remove(place) != null;
        }

        boolean isEmpty() {
            return all.isEmpty();
        }

        private int place(Object one) {
            for (int i = 0; i < all.size(); i++) {
                if (all.get(i) == one) {
                    return i;
                }
            }
            return -1;
        }
    }

    public ReadWriteLock(String name) {
        this.name = name;
        this.queue = new WaitQueue("lock", this);
    }

    /** Goes on if there is no writer and none waits, else waits. */
    public Next read(Object by) {
        if (writer != null || !writersWaiting.isEmpty()) {
            return Next.await(queue);
        }
        readers.add(by);
        return Next.ON;
    }

    /** Goes on if nobody else has the lock, else waits. */
    public Next write(Object by) {
        if (writer != by && (writer != null || !readers.isEmpty())) {
            writersWaiting.add(by);
            return Next.await(queue);
        }
        writersWaiting.remove(by);
        writer = by;
        return Next.ON;
    }

    @Override
    public List<Object> owners() {
        return writer == null ? List.copyOf(readers.all) : List.of(writer);
    }

    @Override
    public String toString() {
        return name;
    }

    public boolean isTaken() {
        return writer != null || !readers.isEmpty();
    }

    /**
     * @throws IllegalStateException if the caller does not have the lock
     */
    public void give(Object by) {
        if (writer == by) {
            writer = null;
        } else if (!readers.remove(by)) {
            throw new IllegalStateException(name + " is given back by " + by + ", not its owner");
        }
        queue.wakeAll();
    }
}
