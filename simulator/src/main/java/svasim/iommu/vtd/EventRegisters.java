package svasim.iommu.vtd;

import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;

/**
 * Control, data, address and upper address of one of the unit's interrupt messages (VT-d 5.10,
 * 11.4.7 to 11.4.9): an event sets IP; while IM is 0 it becomes a message at once.
 */
final class EventRegisters implements RegisterBlock {
    private static final int MASKED = 1 << 31;
    private static final int PENDING = 1 << 30;
    private static final int WORDS = 4;

    private final int first;
    private final Surroundings around;
    private final int[] words = new int[WORDS];

    /**
     * @param first offset of the control register
     */
    EventRegisters(int first, Surroundings around) {
        this.first = first;
        this.around = around;
        words[0] = MASKED;
    }

    @Override
    public boolean has(int offset) {
        return offset >= first && offset < first + WORDS * Integer.BYTES;
    }

    @Override
    public int read(int offset) {
        return words[index(offset)];
    }

    @Override
    public void write(int offset, int value) {
        int index = index(offset);
        if (index != 0) {
            words[index] = value;
            return;
        }
        words[0] = words[0] & PENDING | value & MASKED;
        sendIfAllowed();
    }

    /** The event happens. */
    void raise() {
        words[0] |= PENDING;
        sendIfAllowed();
    }

    /** Software has dealt with every condition before a message was sent. */
    void settled() {
        words[0] &= ~PENDING;
    }

    private void sendIfAllowed() {
        if ((words[0] & (PENDING | MASKED)) == PENDING) {
            words[0] &= ~PENDING;
            long address = (long) words[3] << Integer.SIZE | Integer.toUnsignedLong(words[2]);
            around.interrupts().message(address, words[1], around.kernel().nowPs());
        }
    }

    private int index(int offset) {
        return (offset - first) / Integer.BYTES;
    }
}
