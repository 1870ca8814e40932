package svasim.models.dsa.operation;

/**
 * CRC with polynomial 0x1EDC6F41, as the device computes it: seed and result are inverted and
 * bit-reversed, data bytes are bit-reversed, unless flags bypass one or the other. With default
 * flags a result is the seed for the bytes that follow.
 */
public final class Crc32c {
    private static final int POLYNOMIAL = 0x1EDC6F41;
    private static final int[] TABLE = table();

    private final boolean bypassInversion;
    private final boolean bypassDataReflection;
    private int state;

    public Crc32c(int seed, boolean bypassInversion, boolean bypassDataReflection) {
        this.bypassInversion = bypassInversion;
        this.bypassDataReflection = bypassDataReflection;
        this.state = bypassInversion ? seed : Integer.reverse(~seed);
    }

    public void update(byte[] bytes, int length) {
        int crc = state;
        for (int i = 0; i < length; i++) {
            int b = bytes[i] & 0xff;
            int bits = bypassDataReflection ? b : Integer.reverse(b) >>> 24;
            crc = TABLE[crc >>> 24 ^ bits] ^ crc << 8;
        }
        state = crc;
    }

    public int value() {
        return bypassInversion ? state : Integer.reverse(~state);
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 24;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = crc < 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[i] = crc;
        }
        return table;
    }
}
