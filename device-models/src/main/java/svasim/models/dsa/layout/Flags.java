package svasim.models.dsa.layout;

/** Bits of the 24-bit flags field of a descriptor. */
public final class Flags {
    public static final int FENCE = 1;
    public static final int BLOCK_ON_FAULT = 1 << 1;
    public static final int COMPLETION_ADDRESS_VALID = 1 << 2;
    public static final int REQUEST_COMPLETION_RECORD = 1 << 3;
    public static final int REQUEST_INTERRUPT = 1 << 4;
    public static final int RECORD_STEERING_TAG = 1 << 5;
    public static final int CHECK_RESULT = 1 << 7;
    public static final int CACHE_CONTROL = 1 << 8;
    public static final int TRAFFIC_CLASS_1 = 1 << 9;
    public static final int TRAFFIC_CLASS_2 = 1 << 10;
    public static final int TRAFFIC_CLASS_3 = 1 << 11;
    public static final int RECORD_TRAFFIC_CLASS = 1 << 12;
    public static final int STRICT_ORDER = 1 << 13;
    public static final int READ_BACK = 1 << 14;
    public static final int STEERING_TAG = 1 << 15;

    /** CRC: the seed is to be fetched from memory. */
    public static final int CRC_READ_SEED = 1 << 16;

    /** Fill: the pattern has 16 bytes; DSA 2 only. */
    public static final int FILL_16_BYTES = 1 << 18;

    /** CRC: neither inverts nor reflects seed and result. */
    public static final int CRC_BYPASS_INVERSION = 1 << 17;

    /** CRC: does not reflect data bytes. */
    public static final int CRC_BYPASS_DATA_REFLECTION = 1 << 18;

    /** Drain: the first read-back address is valid. */
    public static final int DRAIN_READ_BACK_1 = 1 << 16;

    /** Drain: the second read-back address is valid. */
    public static final int DRAIN_READ_BACK_2 = 1 << 17;

    /** Drain: no implicit read-back on traffic class A, and on B. */
    public static final int DRAIN_SUPPRESS_READ_BACK = 0b11 << 18;

    /** Dualcast: steering tag for the second destination. */
    public static final int DUALCAST_STEERING_TAG_2 = 1 << 16;

    /** Accepted by every operation. */
    public static final int COMMON =
            COMPLETION_ADDRESS_VALID
                    | REQUEST_COMPLETION_RECORD
                    | REQUEST_INTERRUPT
                    | RECORD_STEERING_TAG
                    | RECORD_TRAFFIC_CLASS;

    /** Accepted by every operation that writes a destination. */
    public static final int DESTINATION =
            CACHE_CONTROL | TRAFFIC_CLASS_2 | STRICT_ORDER | READ_BACK | STEERING_TAG;

    /** Accepted by the operations that read one range and write another. */
    static final int MOVES = FENCE | BLOCK_ON_FAULT | TRAFFIC_CLASS_1 | DESTINATION;

    /** Of CRC generation and copy with CRC. */
    static final int CRC_FLAGS = CRC_READ_SEED | CRC_BYPASS_INVERSION | CRC_BYPASS_DATA_REFLECTION;

    private Flags() {}
}
