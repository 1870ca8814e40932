package svasim.memory;

import java.util.Arrays;

/**
 * Sparse memory of little-endian words; bytes that were never written are 0. Frames of 4 KiB come
 * into being when they are written.
 *
 * <p>Memory may be bounded: an access outside {@code [base, base + size)} gets no answer on the
 * bus, which callers that model hardware ask for with {@link #answers}.
 */
public final class PhysicalMemory {
    public static final int FRAME_SHIFT = 12;
    public static final int FRAME_BYTES = 1 << FRAME_SHIFT;

    private static final int LONGS = FRAME_BYTES / Long.BYTES;
    private static final long NO_FRAME = -1L;
    private static final long[] ZEROES = new long[LONGS];

    private final long base;
    private final long end;

    /** Open addressing: frame numbers and their words; capacity is a power of two. */
    private long[] keys = new long[1 << 10];

    private long[][] frames = new long[1 << 10][];
    private int used;

    private long lastKey = NO_FRAME;
    private long[] lastFrame;

    /** Memory at {@code base} to {@code base + size - 1}, both multiples of 4 KiB. */
    public PhysicalMemory(long base, long size) {
        this.base = base;
        this.end = base + size;
        Arrays.fill(keys, NO_FRAME);
    }

    /** Memory at every address below 2^52. */
    public PhysicalMemory() {
        this(0, 1L << 52);
    }

    public long base() {
        return base;
    }

    /** First address behind the memory. */
    public long end() {
        return end;
    }

    /** Whether every byte of the range lies in memory. */
    public boolean answers(long address, int bytes) {
        return address >= base && address <= end - bytes;
    }

    /** The aligned 64-bit word at an address. */
    public long readLong(long address) {
        return frame(address)[word(address)];
    }

    public void writeLong(long address, long value) {
        frameToWrite(address)[word(address)] = value;
    }

    /** The aligned 32-bit word at an address. */
    public int readInt(long address) {
        return (int) (readLong(address & -Long.BYTES) >>> bit(address));
    }

    public void writeInt(long address, int value) {
        long aligned = address & -Long.BYTES;
        long mask = 0xFFFF_FFFFL << bit(address);
        writeLong(aligned, readLong(aligned) & ~mask | (long) value << bit(address) & mask);
    }

    public byte readByte(long address) {
        return (byte) (readLong(address & -Long.BYTES) >>> bit(address));
    }

    public void writeByte(long address, byte value) {
        long aligned = address & -Long.BYTES;
        long mask = 0xFFL << bit(address);
        writeLong(aligned, readLong(aligned) & ~mask | (long) value << bit(address) & mask);
    }

    /** Copies bytes out of memory. */
    public void read(long address, byte[] into, int offset, int length) {
        for (int i = 0; i < length; i++) {
            into[offset + i] = readByte(address + i);
        }
    }

    /** Copies bytes into memory. */
    public void write(long address, byte[] from, int offset, int length) {
        for (int i = 0; i < length; i++) {
            writeByte(address + i, from[offset + i]);
        }
    }

    /** Sets all bytes of a frame to 0. */
    public void clearFrame(long address) {
        Arrays.fill(frameToWrite(address), 0);
    }

    /** Frames that were written at least once. */
    public int framesInUse() {
        return used;
    }

    private static int word(long address) {
        return (int) address >>> 3 & LONGS - 1;
    }

    private static int bit(long address) {
        return ((int) address & Long.BYTES - 1) * Byte.SIZE;
    }

    private long[] frame(long address) {
        long key = address >>> FRAME_SHIFT;
        if (key == lastKey) {
            return lastFrame;
        }
        int slot = find(key);
        return keys[slot] == key ? remember(key, frames[slot]) : ZEROES;
    }

    private long[] frameToWrite(long address) {
        long key = address >>> FRAME_SHIFT;
        if (key == lastKey) {
            return lastFrame;
        }
        int slot = find(key);
        if (keys[slot] != key) {
            if (used * 2 >= keys.length) {
                grow();
                slot = find(key);
            }
            keys[slot] = key;
            frames[slot] = new long[LONGS];
            used++;
        }
        return remember(key, frames[slot]);
    }

    private long[] remember(long key, long[] frame) {
        lastKey = key;
        lastFrame = frame;
        return frame;
    }

    private int find(long key) {
        int mask = keys.length - 1;
        int slot = (int) (key * 0x9E3779B97F4A7C15L >>> 40) & mask;
        while (keys[slot] != key && keys[slot] != NO_FRAME) {
            slot = slot + 1 & mask;
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        long[][] oldFrames = frames;
        keys = new long[oldKeys.length * 2];
        frames = new long[oldKeys.length * 2][];
        Arrays.fill(keys, NO_FRAME);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != NO_FRAME) {
                int slot = find(oldKeys[i]);
                keys[slot] = oldKeys[i];
                frames[slot] = oldFrames[i];
            }
        }
    }
}
