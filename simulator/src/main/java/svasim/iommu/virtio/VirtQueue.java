package svasim.iommu.virtio;

import java.util.ArrayList;
import java.util.List;
import svasim.memory.PhysicalMemory;

/** A split virtqueue in memory, from the side of the device (virtio 1.2, 2.7). */
final class VirtQueue {
    /** A piece of a buffer. */
    record Segment(long address, int bytes) {}

    /**
     * A buffer that the driver has made available.
     *
     * @param head number of its first descriptor
     * @param readable what the device may read
     * @param writable what it may write
     */
    record Chain(int head, List<Segment> readable, List<Segment> writable) {
        int readableBytes() {
            return readable.stream().mapToInt(Segment::bytes).sum();
        }

        int writableBytes() {
            return writable.stream().mapToInt(Segment::bytes).sum();
        }

        int descriptors() {
            return readable.size() + writable.size();
        }
    }

    static final int DESCRIPTOR_BYTES = 16;

    private static final int LENGTH = 8;
    private static final int FLAGS = 12;
    private static final int NEXT = 14;
    private static final int FLAG_NEXT = 1;
    private static final int FLAG_WRITE = 1 << 1;
    private static final int FLAG_INDIRECT = 1 << 2;
    private static final int NO_INTERRUPT = 1;
    private static final int INDEX = 2;
    private static final int RING = 4;
    private static final int USED_BYTES = 8;
    private static final int INDEX_MASK = 0xFFFF;

    /** No buffer of a driver in its senses is larger. */
    private static final int LARGEST_BUFFER = 1 << 20;

    private final PhysicalMemory memory;
    private final int maximum;
    private int size;
    private boolean ready;
    private long descriptors;
    private long available;
    private long used;
    private int taken;
    private int returned;

    /**
     * @param maximum most descriptors
     */
    VirtQueue(PhysicalMemory memory, int maximum) {
        this.memory = memory;
        this.maximum = maximum;
        this.size = maximum;
    }

    int maximum() {
        return maximum;
    }

    void reset() {
        size = maximum;
        ready = false;
        descriptors = 0;
        available = 0;
        used = 0;
        taken = 0;
        returned = 0;
    }

    /** Sizes that are no power of two or above the maximum are not taken. */
    void size(int newSize) {
        if (!ready && Integer.bitCount(newSize) == 1 && newSize > 0 && newSize <= maximum) {
            size = newSize;
        }
    }

    boolean ready() {
        return ready;
    }

    void ready(boolean on) {
        ready = on;
        taken = on ? taken : 0;
        returned = on ? returned : 0;
    }

    /** Sets a half of the address of the descriptor table. */
    void descriptors(int value, boolean high) {
        descriptors = half(descriptors, value, high) & -DESCRIPTOR_BYTES;
    }

    /** Sets a half of the address of the ring that the driver writes. */
    void available(int value, boolean high) {
        available = half(available, value, high) & -2L;
    }

    /** Sets a half of the address of the ring that the device writes. */
    void used(int value, boolean high) {
        used = half(used, value, high) & -4L;
    }

    private static long half(long address, int value, boolean high) {
        long word = Integer.toUnsignedLong(value);
        return high
                ? address & 0xFFFF_FFFFL | word << Integer.SIZE
                : address & ~0xFFFF_FFFFL | word;
    }

    /** Whether all three parts of the queue lie in memory. */
    boolean intact() {
        return memory.answers(descriptors, size * DESCRIPTOR_BYTES)
                && memory.answers(available, RING + size * Short.BYTES)
                && memory.answers(used, RING + size * USED_BYTES);
    }

    /** Where the driver tells how many buffers it has made available. */
    long availableAddress() {
        return available;
    }

    long descriptorsAddress() {
        return descriptors;
    }

    /** Whether there is a buffer that was not taken; the queue is {@link #intact}. */
    boolean pending() {
        return unsignedShort(available + INDEX) != taken;
    }

    /**
     * Takes the next buffer of an intact queue in which one is pending.
     *
     * @return null if its descriptors are not legal
     */
    Chain take() {
        int head = unsignedShort(available + RING + (long) (taken & size - 1) * Short.BYTES);
        taken = taken + 1 & INDEX_MASK;
        List<Segment> readable = new ArrayList<>();
        List<Segment> writable = new ArrayList<>();
        long bytes = 0;
        int index = head;
        for (int count = 0; count < size && index < size; count++) {
            long descriptor = descriptors + (long) index * DESCRIPTOR_BYTES;
            int flags = unsignedShort(descriptor + FLAGS);
            Segment segment = segment(descriptor);
            boolean writes = (flags & FLAG_WRITE) != 0;
            if (segment == null || (flags & FLAG_INDIRECT) != 0 || !writes && !writable.isEmpty()) {
                return null;
            }
            (writes ? writable : readable).add(segment);
            bytes += segment.bytes();
            if (bytes > LARGEST_BUFFER) {
                return null;
            }
            if ((flags & FLAG_NEXT) == 0) {
                return new Chain(head, readable, writable);
            }
            index = unsignedShort(descriptor + NEXT);
        }
        return null;
    }

    /** The piece that a descriptor names, or null if it is not in memory. */
    private Segment segment(long descriptor) {
        long address = memory.readLong(descriptor);
        int bytes = memory.readInt(descriptor + LENGTH);
        boolean legal = bytes >= 0 && bytes <= LARGEST_BUFFER && memory.answers(address, bytes);
        return legal ? new Segment(address, bytes) : null;
    }

    /** What the driver has written into the readable part. */
    byte[] read(Chain chain) {
        byte[] data = new byte[chain.readableBytes()];
        int done = 0;
        for (Segment segment : chain.readable()) {
            memory.read(segment.address(), data, done, segment.bytes());
            done += segment.bytes();
        }
        return data;
    }

    /** Writes into the writable part, which is long enough, from some byte on. */
    void write(Chain chain, int from, byte[] data) {
        int position = 0;
        for (Segment segment : chain.writable()) {
            int first = Math.max(position, from);
            int end = Math.min(position + segment.bytes(), from + data.length);
            if (first < end) {
                long address = segment.address() + first - position;
                memory.write(address, data, first - from, end - first);
            }
            position += segment.bytes();
        }
    }

    /**
     * Gives the buffer back.
     *
     * @param bytes used length
     * @return whether the driver wants an interrupt
     */
    boolean giveBack(Chain chain, int bytes) {
        long entry = used + RING + (long) (returned & size - 1) * USED_BYTES;
        memory.writeInt(entry, chain.head());
        memory.writeInt(entry + Integer.BYTES, bytes);
        returned = returned + 1 & INDEX_MASK;
        memory.writeByte(used + INDEX, (byte) returned);
        memory.writeByte(used + INDEX + 1, (byte) (returned >>> Byte.SIZE));
        return (unsignedShort(available) & NO_INTERRUPT) == 0;
    }

    private int unsignedShort(long address) {
        return memory.readByte(address) & 0xFF | (memory.readByte(address + 1) & 0xFF) << Byte.SIZE;
    }
}
