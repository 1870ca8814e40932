package svasim.os.iommu.virtio;

import svasim.cpu.Cpu;
import svasim.iommu.virtio.RegisterOffset;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;

/**
 * A split virtqueue from the side of the driver (virtio 1.2, 2.7). Each buffer has a place of its
 * own, in the order of the ring: descriptor 2n for what the device reads, 2n+1 for what it writes.
 */
final class VirtQueue {
    private static final int MOST_DESCRIPTORS = 128;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int NEXT = 1;
    private static final int WRITE = 1 << 1;
    private static final int NO_INTERRUPT = 1;
    private static final int RING = 4;
    private static final int USED_BYTES = 8;
    private static final int INDEX_MASK = 0xFFFF;
    private static final int WORD = Long.BYTES;

    private final UnitRegisters registers;
    private final int number;
    private final int size;
    private final int readable;
    private final int slotBytes;
    private final long rings;
    private final long buffers;
    private long added;
    private long returned;

    /**
     * @param maximum most descriptors that the device takes
     * @param readable bytes of a buffer that the device reads, a multiple of 8
     * @param writable bytes that it writes, a multiple of 8
     */
    VirtQueue(
            UnitSite site,
            UnitRegisters registers,
            int number,
            int maximum,
            int readable,
            int writable) {
        this.registers = registers;
        this.number = number;
        this.size = Math.min(maximum, MOST_DESCRIPTORS);
        this.readable = readable;
        this.slotBytes = readable + writable;
        this.rings = frames(site, 2 * PhysicalMemory.FRAME_BYTES);
        this.buffers = frames(site, (long) Math.max(1, size / 2) * slotBytes);
    }

    private static long frames(UnitSite site, long bytes) {
        int count = (int) (bytes + PhysicalMemory.FRAME_BYTES - 1 >>> PhysicalMemory.FRAME_SHIFT);
        return site.frames().allocateContiguous(FrameUse.QUEUE, site.owner(), count);
    }

    private long descriptors() {
        return rings;
    }

    private long available() {
        return rings + (long) MOST_DESCRIPTORS * DESCRIPTOR_BYTES;
    }

    private long used() {
        return rings + PhysicalMemory.FRAME_BYTES;
    }

    /** Buffers that can be with the device at once. */
    int capacity() {
        return size / 2;
    }

    /** Gives the device the queue; its buffers stay away until they are {@link #add added}. */
    void program(Cpu cpu, boolean interrupts) {
        registers.write32(cpu, RegisterOffset.QUEUE_SEL, number);
        registers.write32(cpu, RegisterOffset.QUEUE_NUM, size);
        address(cpu, RegisterOffset.QUEUE_DESC, descriptors());
        address(cpu, RegisterOffset.QUEUE_DRIVER, available());
        address(cpu, RegisterOffset.QUEUE_DEVICE, used());
        for (int slot = 0; slot < capacity(); slot++) {
            describe(cpu, slot);
        }
        cpu.store(available(), interrupts ? 0 : NO_INTERRUPT);
        registers.write32(cpu, RegisterOffset.QUEUE_READY, 1);
    }

    private void address(Cpu cpu, int offset, long value) {
        registers.write32(cpu, offset, (int) value);
        registers.write32(cpu, offset + Integer.BYTES, (int) (value >>> Integer.SIZE));
    }

    private void describe(Cpu cpu, int slot) {
        long at = descriptors() + 2L * slot * DESCRIPTOR_BYTES;
        cpu.store(at, buffer(slot));
        cpu.store(at + WORD, descriptor(readable, NEXT, 2 * slot + 1));
        cpu.store(at + DESCRIPTOR_BYTES, buffer(slot) + readable);
        cpu.store(at + DESCRIPTOR_BYTES + WORD, descriptor(slotBytes - readable, WRITE, 0));
    }

    private static long descriptor(int bytes, int flags, int next) {
        return bytes | (long) flags << Integer.SIZE | (long) next << Integer.SIZE + Short.SIZE;
    }

    private long buffer(int slot) {
        return buffers + (long) slot * slotBytes;
    }

    boolean isFull() {
        return added - returned == capacity();
    }

    /**
     * Fills the next buffer and makes it available.
     *
     * @param answer bytes that the device may write
     * @return its position, counted from 0
     */
    long add(Cpu cpu, byte[] data, int answer) {
        int slot = slot(added);
        for (int at = 0; at < data.length; at += WORD) {
            cpu.store(buffer(slot) + at, word(data, at));
        }
        long at = descriptors() + 2L * slot * DESCRIPTOR_BYTES;
        boolean readsToo = data.length > 0;
        if (readsToo) {
            cpu.store(at + WORD, descriptor(data.length, NEXT, 2 * slot + 1));
        }
        cpu.store(at + DESCRIPTOR_BYTES + WORD, descriptor(answer, WRITE, 0));
        int head = readsToo ? 2 * slot : 2 * slot + 1;
        store16(cpu, available() + RING + added % size * Short.BYTES, head);
        store16(cpu, available() + Short.BYTES, (int) (added + 1) & INDEX_MASK);
        return added++;
    }

    private int slot(long position) {
        return (int) (position % capacity());
    }

    private static long word(byte[] data, int at) {
        long word = 0;
        for (int i = Math.min(at + WORD, data.length) - 1; i >= at; i--) {
            word |= (data[i] & 0xFFL) << (i - at) * Byte.SIZE;
        }
        return word;
    }

    private static void store16(Cpu cpu, long address, int value) {
        int shift = (int) (address & WORD - 1) * Byte.SIZE;
        long word = cpu.load(address & -WORD) & ~((long) INDEX_MASK << shift);
        cpu.store(address & -WORD, word | (long) value << shift);
    }

    /** Tells the device that there are new buffers. */
    void kick(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.QUEUE_NOTIFY, number);
    }

    /** Looks how many buffers have come back; the device returns them in their order. */
    long returned(Cpu cpu) {
        int index = (int) (cpu.load(used()) >>> Short.SIZE) & INDEX_MASK;
        returned += index - (int) returned & INDEX_MASK;
        return returned;
    }

    /** A word of what the device wrote into the buffer of a position. */
    long answer(Cpu cpu, long position, int at) {
        return cpu.load(buffer(slot(position)) + readable + at);
    }
}
