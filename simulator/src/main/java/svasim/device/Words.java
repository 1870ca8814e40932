package svasim.device;

/** Little-endian fields in byte arrays, as descriptors and records of devices have them. */
public final class Words {
    private Words() {}

    public static int u16(byte[] bytes, int offset) {
        return (bytes[offset + 1] & 0xff) << 8 | bytes[offset] & 0xff;
    }

    public static int u32(byte[] bytes, int offset) {
        return u16(bytes, offset + 2) << 16 | u16(bytes, offset);
    }

    public static long u64(byte[] bytes, int offset) {
        return (long) u32(bytes, offset + 4) << 32 | u32(bytes, offset) & 0xffff_ffffL;
    }

    /** Stores the low {@code count} bytes of a value. */
    public static void put(byte[] bytes, int offset, int count, long value) {
        for (int i = 0; i < count; i++) {
            bytes[offset + i] = (byte) (value >>> i * Byte.SIZE);
        }
    }

    /** Reads {@code count} bytes as one number, at most 8. */
    public static long get(byte[] bytes, int offset, int count) {
        long value = 0;
        for (int i = count - 1; i >= 0; i--) {
            value = value << Byte.SIZE | bytes[offset + i] & 0xff;
        }
        return value;
    }
}
