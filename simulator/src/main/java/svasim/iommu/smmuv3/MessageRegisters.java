package svasim.iommu.smmuv3;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * xxx_IRQ_CFG0 to 2 of one interrupt (6.3.20): address, data and attributes of its message; written
 * only while the interrupt is disabled.
 */
final class MessageRegisters implements RegisterBlock {
    private static final long ADDRESS = (1L << 56) - (1L << 2);
    static final int DATA = 8;
    private static final int ATTRIBUTES = 12;
    private static final int END = 16;
    private static final int EACH_LAST = 1 << 31;

    private final Interrupt interrupt;
    private final InterruptControl control;
    private final int start;
    private final Register64 address = new Register64(ADDRESS);
    private int data;
    private int attributes;

    MessageRegisters(Interrupt interrupt, InterruptControl control) {
        this.interrupt = interrupt;
        this.control = control;
        this.start = interrupt.config();
    }

    long address() {
        return address.value();
    }

    int data() {
        return data;
    }

    /** LO of the PRI queue: an interrupt for each request that is the last of its group. */
    boolean forEachLast() {
        return (attributes & EACH_LAST) != 0;
    }

    @Override
    public boolean has(int offset) {
        return offset >= start && offset < start + END;
    }

    @Override
    public int read(int offset) {
        return switch (offset - start) {
            case DATA -> data;
            case ATTRIBUTES -> attributes;
            default -> address.half(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        if (control.enabled(interrupt)) {
            return;
        }
        switch (offset - start) {
            case DATA -> data = value;
            case ATTRIBUTES -> attributes = value;
            default -> address.half(offset, value);
        }
    }
}
