package svasim.kernel;

import java.util.Arrays;

/**
 * Hierarchical timing wheel: eleven levels of 64 slots, six bits of the time each, with one bitmap
 * word a level. Events of one slot are an intrusive first-in-first-out list in parallel arrays, so
 * that nothing is allocated per event and events of one time keep the order of scheduling.
 *
 * <p>An event is filed at the level of the highest six-bit digit in which its time differs from the
 * clock; when the clock enters a slot of a higher level, the slot's list is filed again, in order,
 * further down. (Varghese and Lauck: Hashed and Hierarchical Timing Wheels, SOSP 1987.)
 */
final class EventQueue {
    private static final int DIGIT_BITS = 6;
    private static final int SLOTS = 1 << DIGIT_BITS;
    private static final int LEVELS = 11;
    private static final int NONE = -1;
    private static final int AGAIN = -2;
    private static final int FEW = 4;

    private final int[] heads = new int[LEVELS * SLOTS];
    private final int[] tails = new int[LEVELS * SLOTS];
    private final long[] occupied = new long[LEVELS];

    private long[] times;
    private EventHandler[] handlers;
    private int[] kinds;
    private long[] data;
    private long[] causes;
    private int[] nexts;

    private int free;
    private int used;
    private int size;
    private long clockPs;

    EventQueue(int capacity) {
        Arrays.fill(heads, NONE);
        times = new long[capacity];
        handlers = new EventHandler[capacity];
        kinds = new int[capacity];
        data = new long[capacity];
        causes = new long[capacity];
        nexts = new int[capacity];
        free = NONE;
    }

    int size() {
        return size;
    }

    /** Files an event; its time must not lie before the last one that was taken. */
    void add(long timePs, EventHandler handler, int kind, long value, long cause) {
        int event = free;
        if (event == NONE) {
            event = used++;
            if (event == times.length) {
                grow();
            }
        } else {
            free = nexts[event];
        }
        times[event] = timePs;
        handlers[event] = handler;
        kinds[event] = kind;
        data[event] = value;
        causes[event] = cause;
        file(event, timePs);
        size++;
    }

    /**
     * Takes the first event off the queue, if it is due by the given time; its fields are read with
     * the accessors until the next call of {@link #add}. The clock never passes the limit, so that
     * anything later than it may still be added.
     *
     * @param limitPs latest time to take; not before the last event that was taken
     * @return the event, or -1 if there is none by that time
     */
    int take(long limitPs) {
        int event = AGAIN;
        while (event == AGAIN) {
            event = occupied[0] == 0 ? cascade(limitPs) : first(limitPs);
        }
        if (event != NONE) {
            nexts[event] = free;
            free = event;
            size--;
        }
        return event;
    }

    /** Takes the first event out of the lowest level, which is in use. */
    private int first(long limitPs) {
        int slot = Long.numberOfTrailingZeros(occupied[0]);
        int event = heads[slot];
        if (times[event] > limitPs) {
            return NONE;
        }
        clockPs = times[event];
        heads[slot] = nexts[event];
        if (nexts[event] == NONE) {
            occupied[0] &= ~(1L << slot);
        }
        return event;
    }

    long timePs(int event) {
        return times[event];
    }

    EventHandler handler(int event) {
        return handlers[event];
    }

    int kind(int event) {
        return kinds[event];
    }

    long data(int event) {
        return data[event];
    }

    long cause(int event) {
        return causes[event];
    }

    private void file(int event, long timePs) {
        long difference = timePs ^ clockPs;
        int level = difference == 0 ? 0 : (63 - Long.numberOfLeadingZeros(difference)) / DIGIT_BITS;
        int digit = (int) (timePs >>> level * DIGIT_BITS) & SLOTS - 1;
        int slot = level * SLOTS + digit;
        nexts[event] = NONE;
        if (heads[slot] == NONE) {
            heads[slot] = event;
            occupied[level] |= 1L << digit;
        } else {
            nexts[tails[slot]] = event;
        }
        tails[slot] = event;
    }

    /**
     * Moves the clock to the first slot of the lowest level in use and files its events again. Of a
     * few, the first is the next of all and is taken at once.
     *
     * @return the event, {@link #NONE} if nothing is left by the limit, or {@link #AGAIN}
     */
    private int cascade(long limitPs) {
        if (size == 0) {
            return NONE;
        }
        int level = 1;
        while (occupied[level] == 0) {
            level++;
        }
        int digit = Long.numberOfTrailingZeros(occupied[level]);
        int slot = level * SLOTS + digit;
        int event = heads[slot];
        int shift = level * DIGIT_BITS;
        int first = firstOfFew(event);
        long startPs = first == AGAIN ? times[event] >>> shift << shift : times[first];
        if (startPs > limitPs) {
            return NONE;
        }
        heads[slot] = NONE;
        occupied[level] &= ~(1L << digit);
        clockPs = startPs;
        while (event != NONE) {
            int next = nexts[event];
            if (event != first) {
                file(event, times[event]);
            }
            event = next;
        }
        return first;
    }

    /** The first event of a list by time and then by place; {@link #AGAIN} if the list is long. */
    private int firstOfFew(int head) {
        int first = head;
        int event = nexts[head];
        for (int i = 1; event != NONE; i++) {
            if (i == FEW) {
                return AGAIN;
            }
            if (times[event] < times[first]) {
                first = event;
            }
            event = nexts[event];
        }
        return first;
    }

    private void grow() {
        int capacity = times.length * 2;
        times = Arrays.copyOf(times, capacity);
        handlers = Arrays.copyOf(handlers, capacity);
        kinds = Arrays.copyOf(kinds, capacity);
        data = Arrays.copyOf(data, capacity);
        causes = Arrays.copyOf(causes, capacity);
        nexts = Arrays.copyOf(nexts, capacity);
    }
}
