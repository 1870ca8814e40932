package svasim.models.dmabench;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import svasim.device.DeviceTable;

/**
 * The card's own page table, which its driver keeps like that of a process: an access whose page is
 * not there, or may not be written, waits and makes a fault that the driver reads.
 */
final class CardMmu {
    /** Instead of a device address: the access waits for the driver. */
    static final long WAITS = -1;

    /** In a fault: the access that waits is a write. */
    static final long WRITE_FAULT = 1;

    /** No fault is left. */
    static final long NO_FAULT = -1;

    private final Listener listener;
    private final DeviceTable<Slot> table = new DeviceTable<>();
    private final Queue<Long> faults = new ArrayDeque<>();
    private final Map<Slot, Long> waiting = new HashMap<>();

    /** Who makes the accesses. */
    interface Listener {
        /** A fault is there to be read. */
        void faulted();

        /** An access that has waited may be tried again. */
        void retry(long nowPs, Slot slot);

        /** An access that has waited is refused. */
        void refuse(long nowPs, Slot slot);
    }

    CardMmu(Listener listener) {
        this.listener = listener;
    }

    /** The device address behind an address, or {@link #WAITS}. */
    long translate(Slot slot, long address, boolean write) {
        long translated = table.translate(slot, address, write);
        if (translated == DeviceTable.ABSENT) {
            await(slot, address & -DeviceTable.PAGE, write);
            return WAITS;
        }
        return translated;
    }

    private void await(Slot slot, long page, boolean write) {
        long fault = page | (write ? WRITE_FAULT : 0);
        waiting.put(slot, page);
        if (!faults.contains(fault)) {
            faults.add(fault);
            listener.faulted();
        }
    }

    /** An access that was translated is over. */
    void over(Slot slot) {
        table.over(slot);
    }

    /** The oldest fault, which the driver takes on itself, or {@link #NO_FAULT}. */
    long takeFault() {
        Long fault = faults.poll();
        return fault == null ? NO_FAULT : fault;
    }

    /**
     * The driver sets the entry of a page; accesses that wait for it go on, or fail.
     *
     * @param entry device address and flags; 0 if the page cannot be had
     */
    void set(long nowPs, long page, long entry) {
        if (entry != 0) {
            table.set(page, entry);
        }
        List<Slot> concerned = new ArrayList<>();
        waiting.forEach((slot, wanted) -> addIf(wanted == page, concerned, slot));
        concerned.sort((a, b) -> Integer.compare(a.index(), b.index()));
        for (Slot slot : concerned) {
            waiting.remove(slot);
            if (entry == 0) {
                listener.refuse(nowPs, slot);
            } else {
                listener.retry(nowPs, slot);
            }
        }
    }

    private static void addIf(boolean wanted, List<Slot> slots, Slot slot) {
        if (wanted) {
            slots.add(slot);
        }
    }

    /** The driver removes the entries of a range; accesses that use them may still be under way. */
    void remove(long start, long end) {
        table.remove(start, end);
    }

    /** Whether an access is under way that was translated before the last removal. */
    boolean isUsedStill() {
        return table.isUsedStill();
    }

    void reset() {
        table.reset();
        faults.clear();
        waiting.clear();
    }
}
