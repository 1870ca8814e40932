package svasim.pcie.fabric;

import svasim.pcie.tlp.Ordering;
import svasim.pcie.tlp.Tlp;

/**
 * Posted packets that have not taken effect, in the order of arrival, and who stays behind them.
 */
final class PostedOrder {
    /** No packet may take effect now. */
    static final int NONE = -1;

    private final Transactions transactions;
    private final int[] slots;
    private int size;

    PostedOrder(int capacity, Transactions transactions) {
        this.slots = new int[capacity];
        this.transactions = transactions;
    }

    boolean isFull() {
        return size == slots.length;
    }

    int size() {
        return size;
    }

    /** Slot of the packet behind so many others. */
    int slot(int behind) {
        return slots[behind];
    }

    void add(int slot) {
        slots[size++] = slot;
    }

    /** The oldest packet that is ready and may pass those before it, which leaves the order. */
    int takeReady() {
        for (int i = 0; i < size; i++) {
            int slot = slots[i];
            if (transactions.isReady(slot) && !holds(slot)) {
                size--;
                System.arraycopy(slots, i + 1, slots, i, size - i);
                return slot;
            }
        }
        return NONE;
    }

    /** Whether a packet has to stay behind an earlier one. */
    boolean holds(int slot) {
        return obstacle(slot, false);
    }

    /** Whether a packet has to stay behind one that waits for software. */
    boolean behindStalled(int slot) {
        return obstacle(slot, true);
    }

    private boolean obstacle(int slot, boolean stalledOnly) {
        Tlp later = transactions.tlp(slot);
        for (int i = 0; i < size && transactions.isBefore(slots[i], slot); i++) {
            boolean counts = !stalledOnly || transactions.isStalled(slots[i]);
            if (counts && !Ordering.mayPass(later, transactions.tlp(slots[i]))) {
                return true;
            }
        }
        return false;
    }
}
