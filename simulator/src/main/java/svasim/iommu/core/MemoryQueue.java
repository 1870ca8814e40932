package svasim.iommu.core;

/**
 * Indexes of a ring of 2^n entries in memory between software and an IOMMU. Either an index carries
 * a wrap bit above its n bits, so that all entries can be used, or the ring is full with one entry
 * left.
 */
public final class MemoryQueue {
    private long base;
    private int log2Entries;
    private int entryBytes = 1;
    private boolean wrapBit;
    private int head;
    private int tail;

    /** Sets base and size; head and tail keep their values. */
    public void configure(long baseAddress, int log2, int bytesPerEntry, boolean withWrapBit) {
        base = baseAddress;
        log2Entries = log2;
        entryBytes = bytesPerEntry;
        wrapBit = withWrapBit;
    }

    public boolean empty() {
        return head == tail;
    }

    public boolean full() {
        return wrapBit ? (head ^ tail) == 1 << log2Entries : next(tail) == head;
    }

    /** Index that is read next, with its wrap bit. */
    public int head() {
        return head;
    }

    public void head(int index) {
        head = index;
    }

    /** Index that is written next, with its wrap bit. */
    public int tail() {
        return tail;
    }

    public void tail(int index) {
        tail = index;
    }

    /** Address of the entry at the head. */
    public long headAddress() {
        return address(head);
    }

    /** Address of the entry at the tail. */
    public long tailAddress() {
        return address(tail);
    }

    public void advanceHead() {
        head = next(head);
    }

    public void advanceTail() {
        tail = next(tail);
    }

    public int entryBytes() {
        return entryBytes;
    }

    /** Entries that fit, and one that always stays free if no index has a wrap bit. */
    public int slots() {
        return 1 << log2Entries;
    }

    /** Place of an index in the ring, from 0. */
    public int slot(int index) {
        return index & slots() - 1;
    }

    /** Address of a place in the ring. */
    public long slotAddress(int slot) {
        return address(slot);
    }

    /** Entries that wait to be read. */
    public int size() {
        return tail - head & mask();
    }

    private long address(int index) {
        return base + (long) (index & (1 << log2Entries) - 1) * entryBytes;
    }

    private int next(int index) {
        return index + 1 & mask();
    }

    private int mask() {
        return (1 << log2Entries + (wrapBit ? 1 : 0)) - 1;
    }
}
