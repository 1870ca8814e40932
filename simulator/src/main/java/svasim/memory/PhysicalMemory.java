package svasim.memory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * Sparse memory of little-endian words; bytes that were never written are 0. Frames of 4 KiB come
 * into being when they are written.
 *
 * <p>Memory may be bounded: an access outside {@code [base, base + size)} gets no answer on the
 * bus, which callers that model hardware ask for with {@link #answers}.
 *
 * <p>Memory may be a view of other memory: the bytes of its frames are those that a {@link Backing}
 * gives, asked for once for each frame until {@link #forget}.
 */
public final class PhysicalMemory {
    public static final int FRAME_SHIFT = 12;
    public static final int FRAME_BYTES = 1 << FRAME_SHIFT;

    private static final long NO_FRAME = -1L;
    private static final byte[] ZEROES = new byte[FRAME_BYTES];
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private final long base;
    private final long end;

    /** Null for memory with bytes of its own. */
    private final Backing backing;

    /** Open addressing: frame numbers and their bytes; capacity is a power of two. */
    private long[] keys = new long[1 << 10];

    private byte[][] frames = new byte[1 << 10][];
    private int used;

    private long lastKey = NO_FRAME;
    private byte[] lastFrame;

    /** What a view of other memory shows. */
    @FunctionalInterface
    public interface Backing {
        /**
         * The bytes of the frame that a frame of the view stands for.
         *
         * @param frameNumber physical address in the view, divided by the size of a frame
         * @return never null
         */
        byte[] frame(long frameNumber);
    }

    /** Memory at {@code base} to {@code base + size - 1}, both multiples of 4 KiB. */
    public PhysicalMemory(long base, long size) {
        this(base, size, null);
    }

    /** A view, at addresses of its own. */
    public PhysicalMemory(long base, long size, Backing backing) {
        this.base = base;
        this.end = base + size;
        this.backing = backing;
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
        return (long) LONGS.get(frame(address), inFrame(address) & -Long.BYTES);
    }

    public void writeLong(long address, long value) {
        LONGS.set(frameToWrite(address), inFrame(address) & -Long.BYTES, value);
    }

    /** The aligned 32-bit word at an address. */
    public int readInt(long address) {
        return (int) INTS.get(frame(address), inFrame(address) & -Integer.BYTES);
    }

    public void writeInt(long address, int value) {
        INTS.set(frameToWrite(address), inFrame(address) & -Integer.BYTES, value);
    }

    public byte readByte(long address) {
        return frame(address)[inFrame(address)];
    }

    public void writeByte(long address, byte value) {
        frameToWrite(address)[inFrame(address)] = value;
    }

    /** Copies bytes out of memory. */
    public void read(long address, byte[] into, int offset, int length) {
        int done = 0;
        while (done < length) {
            long from = address + done;
            int part = Math.min(length - done, FRAME_BYTES - inFrame(from));
            System.arraycopy(frame(from), inFrame(from), into, offset + done, part);
            done += part;
        }
    }

    /** A copy of bytes of memory. */
    public byte[] read(long address, int length) {
        int from = inFrame(address);
        if (from + length <= FRAME_BYTES) {
            return Arrays.copyOfRange(frame(address), from, from + length);
        }
        byte[] copy = new byte[length];
        read(address, copy, 0, length);
        return copy;
    }

    /** Copies bytes into memory. */
    public void write(long address, byte[] from, int offset, int length) {
        int done = 0;
        while (done < length) {
            long to = address + done;
            int part = Math.min(length - done, FRAME_BYTES - inFrame(to));
            System.arraycopy(from, offset + done, frameToWrite(to), inFrame(to), part);
            done += part;
        }
    }

    /** Sets all bytes of a frame to 0. */
    public void clearFrame(long address) {
        byte[] frame = frame(address);
        if (frame != ZEROES) {
            Arrays.fill(frame, (byte) 0);
        }
    }

    /**
     * The bytes of a frame, which stay those of this frame for ever: what is stored into them is in
     * memory, and the other way round.
     */
    public byte[] share(long address) {
        return frameToWrite(address);
    }

    /** A view: another frame may stand behind this one from now on. */
    public void forget(long address) {
        int slot = find(address >>> FRAME_SHIFT);
        frames[slot] = null;
        lastKey = NO_FRAME;
    }

    /** A view: other frames may stand behind all of it from now on. */
    public void forgetAll() {
        Arrays.fill(frames, null);
        lastKey = NO_FRAME;
    }

    /** Frames that were written at least once; of a view, those that were ever looked at. */
    public int framesInUse() {
        return used;
    }

    private static int inFrame(long address) {
        return (int) address & FRAME_BYTES - 1;
    }

    private byte[] frame(long address) {
        long key = address >>> FRAME_SHIFT;
        if (key == lastKey) {
            return lastFrame;
        }
        byte[] found = frames[find(key)];
        if (found != null) {
            return remember(key, found);
        }
        return backing == null ? ZEROES : remember(key, add(key, backing.frame(key)));
    }

    private byte[] frameToWrite(long address) {
        long key = address >>> FRAME_SHIFT;
        if (key == lastKey) {
            return lastFrame;
        }
        byte[] found = frames[find(key)];
        if (found == null) {
            found = add(key, backing == null ? new byte[FRAME_BYTES] : backing.frame(key));
        }
        return remember(key, found);
    }

    private byte[] add(long key, byte[] frame) {
        int slot = find(key);
        if (keys[slot] != key) {
            if (used * 2 >= keys.length) {
                grow();
                slot = find(key);
            }
            keys[slot] = key;
            used++;
        }
        frames[slot] = frame;
        return frame;
    }

    private byte[] remember(long key, byte[] frame) {
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
        byte[][] oldFrames = frames;
        keys = new long[oldKeys.length * 2];
        frames = new byte[oldKeys.length * 2][];
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
