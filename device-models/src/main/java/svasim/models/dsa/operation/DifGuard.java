package svasim.models.dsa.operation;

/** CRC-16/T10: polynomial 8bb7, not reflected. */
final class DifGuard {
    private static final int POLYNOMIAL = 0x8bb7;
    private static final int MASK = 0xffff;
    private static final int[] TABLE = table();

    private DifGuard() {}

    static int of(byte[] bytes, int length, boolean seeded, boolean inverted) {
        int crc = seeded ? MASK : 0;
        for (int i = 0; i < length; i++) {
            crc = (crc << 8 ^ TABLE[crc >>> 8 ^ bytes[i] & 0xff]) & MASK;
        }
        return inverted ? ~crc & MASK : crc;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < table.length; i++) {
            int crc = i << 8;
            for (int bit = 0; bit < Byte.SIZE; bit++) {
                crc = (crc & 0x8000) != 0 ? crc << 1 ^ POLYNOMIAL : crc << 1;
            }
            table[i] = crc & MASK;
        }
        return table;
    }
}
