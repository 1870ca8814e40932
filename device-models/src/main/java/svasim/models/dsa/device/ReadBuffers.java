package svasim.models.dsa.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Grpcfg;

/**
 * Credits for lines on their way from memory and to it. A group has some to itself and no more than
 * it is allowed; those that use the limit of GENCFG have no more than that together. One transfer
 * may hold three quarters of its group's, so that others go on while it waits for a page.
 */
final class ReadBuffers {
    private static final int LINE_SHIFT = 6;

    private final int total;
    private final DeviceState device;
    private final int[] used = new int[DsaConfig.GROUPS];
    private final Queue<Runnable> waiters = new ArrayDeque<>();

    ReadBuffers(int lines, DeviceState device) {
        total = lines;
        this.device = device;
    }

    /** Lines that an access to so many bytes, one at least, touches. */
    static int lines(long address, int bytes) {
        return (int) ((address + bytes - 1 >>> LINE_SHIFT) - (address >>> LINE_SHIFT)) + 1;
    }

    /** The read buffers as the transfers of a group have them. */
    Share share(int group) {
        return new Share(group);
    }

    /** What one group may have. */
    final class Share {
        private final int group;

        private Share(int group) {
            this.group = group;
        }

        /** Lines that one transfer may hold. */
        int most() {
            return Math.max(1, most(device.group(group)) / 4 * 3);
        }

        /**
         * @param held lines that the same transfer has already
         * @return whether the lines were given
         */
        boolean take(int lines, int held) {
            if (held + lines > most() && held > 0 || lines > free()) {
                return false;
            }
            used[group] += lines;
            return true;
        }

        /** Calls back once when lines come free. */
        void await(Runnable waiter) {
            waiters.add(waiter);
        }

        void give(int lines) {
            used[group] -= lines;
            for (int n = waiters.size(); n > 0; n--) {
                waiters.remove().run();
            }
        }

        private int most(Grpcfg config) {
            int allowed = config.allowedBuffers() == 0 ? total : config.allowedBuffers();
            int limit = isLimited(config) ? device.readBufferLimit() : total;
            return Math.min(total, Math.min(allowed, limit));
        }

        private int free() {
            int kept = 0;
            int taken = 0;
            int limited = 0;
            for (int other = 0; other < used.length; other++) {
                Grpcfg config = device.group(other);
                taken += used[other];
                limited += isLimited(config) ? used[other] : 0;
                kept += other == group ? 0 : Math.max(0, config.reservedBuffers() - used[other]);
            }
            Grpcfg own = device.group(group);
            int free = Math.min(total - taken - kept, most(own) - used[group]);
            return isLimited(own) ? Math.min(free, device.readBufferLimit() - limited) : free;
        }
    }

    private boolean isLimited(Grpcfg config) {
        return config.usesBufferLimit() && device.readBufferLimit() > 0;
    }
}
