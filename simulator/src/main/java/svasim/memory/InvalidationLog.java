package svasim.memory;

import java.util.Arrays;

/** Invalidations of one cache that look-ups under way may have missed, the oldest first. */
final class InvalidationLog {
    private static final int FIRST_ROOM = 16;

    private final FillGuard guard;
    private long[] youngest = new long[FIRST_ROOM];
    private long[] tags = new long[FIRST_ROOM];
    private long[] masks = new long[FIRST_ROOM];
    private long[] addresses = new long[FIRST_ROOM];
    private int[] shifts = new int[FIRST_ROOM];
    private int size;

    InvalidationLog(FillGuard guard) {
        this.guard = guard;
    }

    /** Remembers an invalidation with the youngest look-up that it has overtaken. */
    void add(long tag, long mask, long address, int shift) {
        forgetOld();
        if (guard.oldest() > guard.youngest()) {
            return;
        }
        if (size == tags.length) {
            grow(2 * size);
        }
        youngest[size] = guard.youngest();
        tags[size] = tag;
        masks[size] = mask;
        addresses[size] = address;
        shifts[size] = shift;
        size++;
    }

    /** Whether an invalidation since look-up {@code number} began covers part of an entry. */
    boolean covers(long number, long tag, long base, int shift) {
        for (int i = size - 1; i >= 0 && youngest[i] >= number; i--) {
            int coarser = Math.max(shift, shifts[i]);
            boolean meets =
                    coarser >= TaggedCache.EVERYTHING || (base ^ addresses[i]) >>> coarser == 0;
            if (meets && ((tags[i] ^ tag) & masks[i]) == 0) {
                return true;
            }
        }
        return false;
    }

    private void forgetOld() {
        int old = 0;
        while (old < size && youngest[old] < guard.oldest()) {
            old++;
        }
        if (old > 0) {
            size -= old;
            System.arraycopy(youngest, old, youngest, 0, size);
            System.arraycopy(tags, old, tags, 0, size);
            System.arraycopy(masks, old, masks, 0, size);
            System.arraycopy(addresses, old, addresses, 0, size);
            System.arraycopy(shifts, old, shifts, 0, size);
        }
    }

    private void grow(int room) {
        youngest = Arrays.copyOf(youngest, room);
        tags = Arrays.copyOf(tags, room);
        masks = Arrays.copyOf(masks, room);
        addresses = Arrays.copyOf(addresses, room);
        shifts = Arrays.copyOf(shifts, room);
    }
}
