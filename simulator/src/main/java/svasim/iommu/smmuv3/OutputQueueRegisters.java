package svasim.iommu.smmuv3;

import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/**
 * BASE, PROD and CONS of the event queue or the PRI queue (6.3.30 to 6.3.37). The indexes are on
 * page 1; those of page 0 are aliases.
 */
final class OutputQueueRegisters implements RegisterBlock {
    private static final long BASE_BITS = 1L << 62 | (1L << 56) - (1L << 5) | 0x1F;
    private static final int PRODUCER = 8;
    private static final int CONSUMER = 12;
    private static final int END = 16;

    private final int start;
    private final long enable;
    private final OutputQueue queue;
    private final Control control;
    private final Runnable consumed;
    private final Register64 base = new Register64(BASE_BITS);

    /**
     * @param start offset of BASE
     * @param enable bit of CR0
     * @param consumed called when software has written CONS
     */
    OutputQueueRegisters(
            int start, long enable, OutputQueue queue, Control control, Runnable consumed) {
        this.start = start;
        this.enable = enable;
        this.queue = queue;
        this.control = control;
        this.consumed = consumed;
    }

    @Override
    public boolean has(int offset) {
        int own = offset & ~RegisterOffset.PAGE_1;
        int first = offset == own ? start : start + PRODUCER;
        return own >= first && own < start + END;
    }

    @Override
    public int read(int offset) {
        return switch (own(offset)) {
            case PRODUCER -> (int) queue.producer();
            case CONSUMER -> (int) queue.consumer();
            default -> base.half(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        switch (own(offset)) {
            case PRODUCER -> {
                if (control.off(enable)) {
                    queue.producer(value);
                }
            }
            case CONSUMER -> {
                queue.consumer(value);
                consumed.run();
            }
            default -> {
                if (control.off(enable)) {
                    base.half(offset, value);
                    queue.base(base.value());
                }
            }
        }
    }

    private int own(int offset) {
        return (offset & ~RegisterOffset.PAGE_1) - start;
    }
}
