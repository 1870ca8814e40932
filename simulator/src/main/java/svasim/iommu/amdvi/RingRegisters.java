package svasim.iommu.amdvi;

import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;

/** Base, head and tail of the command buffer or of a log (1.1). */
final class RingRegisters implements RegisterBlock {
    private static final long BASE_WRITABLE = 0x0F0F_FFFF_FFFF_F000L;

    private final int base;
    private final int head;
    private final int tail;
    private final MemoryQueue ring;
    private final Runnable moved;
    private final Register64 baseRegister = new Register64(BASE_WRITABLE);
    private int log2 = RingBase.LEAST_LENGTH;

    /**
     * @param base offset of the base register
     * @param head offset of the head pointer; the tail pointer follows it
     * @param moved called when software has written head or tail
     */
    private RingRegisters(int base, int head, MemoryQueue ring, Runnable moved) {
        this.base = base;
        this.head = head;
        this.tail = head + Long.BYTES;
        this.ring = ring;
        this.moved = moved;
        configure();
    }

    static RingRegisters ofCommands(CommandBuffer buffer) {
        return new RingRegisters(
                RegisterOffset.COMMAND_BUFFER_BASE,
                RegisterOffset.COMMAND_HEAD,
                buffer.ring(),
                buffer::kick);
    }

    static RingRegisters ofEvents(Log log) {
        return new RingRegisters(
                RegisterOffset.EVENT_LOG_BASE, RegisterOffset.EVENT_HEAD, log.ring(), () -> {});
    }

    static RingRegisters ofPageRequests(Log log) {
        return new RingRegisters(
                RegisterOffset.PPR_LOG_BASE, RegisterOffset.PPR_HEAD, log.ring(), () -> {});
    }

    @Override
    public boolean has(int offset) {
        int register = offset & -Long.BYTES;
        return register == base || register == head || register == tail;
    }

    @Override
    public int read(int offset) {
        if ((offset & -Long.BYTES) == base) {
            return baseRegister.half(offset);
        }
        if (offset == head) {
            return ring.head() * RingBase.ENTRY_BYTES;
        }
        return offset == tail ? ring.tail() * RingBase.ENTRY_BYTES : 0;
    }

    @Override
    public void write(int offset, int value) {
        if ((offset & -Long.BYTES) == base) {
            baseRegister.half(offset, value);
            configure();
            return;
        }
        int index = Integer.divideUnsigned(value, RingBase.ENTRY_BYTES) & (1 << log2) - 1;
        if (offset == head) {
            ring.head(index);
        } else if (offset == tail) {
            ring.tail(index);
        }
        moved.run();
    }

    private void configure() {
        long value = baseRegister.value();
        log2 = RingBase.log2(value);
        ring.configure(RingBase.address(value), log2, RingBase.ENTRY_BYTES, false);
    }
}
