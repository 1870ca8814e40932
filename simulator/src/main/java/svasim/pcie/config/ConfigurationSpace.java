package svasim.pcie.config;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The 4 KiB of configuration space of a function, little-endian. Software reads and writes;
 * hardware {@linkplain #define defines} fields, {@linkplain #set sets} and {@linkplain #get gets}
 * them. While no request reaches the function, software reads all ones.
 */
public final class ConfigurationSpace {
    /** First offset of the extended capabilities. */
    public static final int EXTENDED = 0x100;

    /** Offset of Vendor ID. */
    public static final int VENDOR_ID = 0;

    /** Offset of Device ID. */
    public static final int DEVICE_ID = 2;

    private static final int SIZE = 0x1000;

    /** Enough for the capabilities of most functions. */
    private static final int USUAL = 0x200;

    private static final int ID_BITS = 0xFFFF;
    private static final int NEXT_SHIFT = 20;
    private static final int VERSION_SHIFT = 16;

    private static final VarHandle SHORTS =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    /** Bytes up to the last that hardware has laid out; what lies beyond is zero. */
    private byte[] values = new byte[USUAL];

    private byte[] writable = new byte[USUAL];
    private byte[] clearedByOne = new byte[USUAL];
    private final List<WriteListener> listeners = new ArrayList<>();
    private final Map<Integer, Integer> places;

    /** ID and version of the extended capabilities, by their offset. */
    private final SortedMap<Integer, Integer> extended = new TreeMap<>();

    private int nextExtended = EXTENDED;
    private boolean reachable = true;

    /** Of a function that is none in particular. */
    public ConfigurationSpace() {
        this(ConfigurationImage.NONE);
    }

    /** Of a certain device; its capabilities are still to be added. */
    public ConfigurationSpace(ConfigurationImage image) {
        places = image.places();
        image.words().forEach((offset, value) -> set(offset, Integer.BYTES, value));
        image.foreign().forEach((id, version) -> appendExtended(id, version, Integer.BYTES));
    }

    /** Is told of each write of software, after it took effect on the plain fields. */
    @FunctionalInterface
    public interface WriteListener {
        /**
         * @param before the four bytes at the aligned offset before the write
         * @param written bits of them as software wrote them, others 0
         */
        void written(int offset, int before, int written);
    }

    /**
     * Software reads.
     *
     * @param offset multiple of {@code bytes}
     * @param bytes 1, 2 or 4
     * @return zero-extended; all zero where nothing is, all ones if the function does not answer
     */
    public int read(int offset, int bytes) {
        return reachable ? get(offset, bytes) : -1 >>> Integer.SIZE - bytes * Byte.SIZE;
    }

    /** Software writes; read-only bits keep their value, write-one-to-clear bits are cleared. */
    public void write(int offset, int bytes, int value) {
        if (reachable) {
            writeReachable(offset, bytes, value);
        }
    }

    /** Whether requests of software reach the function. */
    public boolean isReachable() {
        return reachable;
    }

    /** Requests of software reach the function from now on, or do not. */
    public void reachable(boolean value) {
        reachable = value;
    }

    private void writeReachable(int offset, int bytes, int value) {
        int aligned = offset & -Integer.BYTES;
        int before = get(aligned, Integer.BYTES);
        for (int i = 0; i < bytes && offset + i < values.length; i++) {
            int at = offset + i;
            int written = value >>> i * Byte.SIZE;
            int kept = values[at] & ~(written & clearedByOne[at]);
            values[at] = (byte) (kept & ~writable[at] | written & writable[at]);
        }
        int mask = bytes == Integer.BYTES ? -1 : (1 << bytes * Byte.SIZE) - 1;
        int shifted = (value & mask) << (offset - aligned) * Byte.SIZE;
        for (WriteListener listener : listeners) {
            listener.written(aligned, before, shifted);
        }
    }

    /**
     * Offset of an extended capability.
     *
     * @return 0 if there is none with this ID
     */
    public int findExtended(int id) {
        int offset = EXTENDED;
        while (offset != 0 && reachable) {
            int header = read(offset, Integer.BYTES);
            if ((header & ID_BITS) == id) {
                return offset;
            }
            offset = header >>> NEXT_SHIFT;
        }
        return 0;
    }

    /** Hardware says what it is; without, both numbers are zero. */
    public void identify(int vendor, int device) {
        set(VENDOR_ID, Short.BYTES, vendor);
        set(DEVICE_ID, Short.BYTES, device);
    }

    /** Hardware lays out a field. */
    void define(int offset, int bytes, int value, int writableBits, int clearedByOneBits) {
        reach(offset + bytes);
        store(values, offset, bytes, value);
        store(writable, offset, bytes, writableBits);
        store(clearedByOne, offset, bytes, clearedByOneBits);
    }

    /** Hardware looks at a field, whether software can or not. */
    int get(int offset, int bytes) {
        if (offset + bytes > values.length) {
            return 0;
        }
        return switch (bytes) {
            case Byte.BYTES -> values[offset] & 0xFF;
            case Short.BYTES -> (short) SHORTS.get(values, offset) & 0xFFFF;
            case Integer.BYTES -> (int) INTS.get(values, offset);
            default -> throw new IllegalArgumentException("field of " + bytes + " bytes");
        };
    }

    /** Hardware changes a field. */
    void set(int offset, int bytes, int value) {
        reach(offset + bytes);
        store(values, offset, bytes, value);
    }

    /** Listeners are called in the order of adding. */
    public void listen(WriteListener listener) {
        listeners.add(listener);
    }

    /**
     * Adds an extended capability at its place, or behind all others, and links them in their
     * order.
     *
     * @param bytes length, header included
     * @return its offset
     */
    int appendExtended(int id, int version, int bytes) {
        int offset = places.getOrDefault(id, nextExtended);
        extended.put(offset, id | version << VERSION_SHIFT);
        nextExtended = Math.max(nextExtended, offset + bytes + 0xF & -0x10);
        int next = 0;
        for (int at : extended.keySet().stream().sorted(Comparator.reverseOrder()).toList()) {
            set(at, Integer.BYTES, extended.get(at) | next << NEXT_SHIFT);
            next = at;
        }
        return offset;
    }

    /** Lays out more bytes, if there are not so many yet. */
    private void reach(int end) {
        if (end > values.length) {
            int size = Math.min(SIZE, Math.max(end + 0xF & -0x10, 2 * values.length));
            values = Arrays.copyOf(values, size);
            writable = Arrays.copyOf(writable, size);
            clearedByOne = Arrays.copyOf(clearedByOne, size);
        }
    }

    private static void store(byte[] into, int offset, int bytes, int value) {
        for (int i = 0; i < bytes; i++) {
            into[offset + i] = (byte) (value >>> i * Byte.SIZE);
        }
    }
}
