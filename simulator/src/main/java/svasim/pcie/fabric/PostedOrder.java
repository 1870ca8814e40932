package svasim.pcie.fabric;

/** The order in which posted packets take effect; each has a ticket, counted from 1. */
final class PostedOrder {
    private final int[] slots;
    private long lastTicket;
    private long committed;

    PostedOrder(int capacity) {
        slots = new int[capacity];
    }

    boolean isFull() {
        return lastTicket - committed == slots.length;
    }

    boolean isEmpty() {
        return lastTicket == committed;
    }

    void add(int slot) {
        slots[index(++lastTicket)] = slot;
    }

    /** Slot of the packet that is next. */
    int first() {
        return slots[index(committed + 1)];
    }

    int remove() {
        return slots[index(++committed)];
    }

    /** Ticket of the last packet so far: whoever comes now goes behind it. */
    long behindAll() {
        return lastTicket;
    }

    /** Whether all packets up to a ticket have taken effect. */
    boolean committed(long ticket) {
        return committed >= ticket;
    }

    private int index(long ticket) {
        return (int) (ticket % slots.length);
    }
}
