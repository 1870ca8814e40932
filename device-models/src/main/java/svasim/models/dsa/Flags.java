package svasim.models.dsa;

/** Bits of the 24-bit flags field of a descriptor. */
final class Flags {
    static final int FENCE = 1;
    static final int BLOCK_ON_FAULT = 1 << 1;
    static final int COMPLETION_ADDRESS_VALID = 1 << 2;
    static final int REQUEST_COMPLETION_RECORD = 1 << 3;
    static final int REQUEST_INTERRUPT = 1 << 4;
    static final int RECORD_STEERING_TAG = 1 << 5;
    static final int CHECK_RESULT = 1 << 7;
    static final int CACHE_CONTROL = 1 << 8;
    static final int TRAFFIC_CLASS_1 = 1 << 9;
    static final int TRAFFIC_CLASS_2 = 1 << 10;
    static final int TRAFFIC_CLASS_3 = 1 << 11;
    static final int RECORD_TRAFFIC_CLASS = 1 << 12;
    static final int STRICT_ORDER = 1 << 13;
    static final int READ_BACK = 1 << 14;
    static final int STEERING_TAG = 1 << 15;

    /** CRC: neither inverts nor reflects seed and result. */
    static final int CRC_BYPASS_INVERSION = 1 << 17;

    /** CRC: does not reflect data bytes. */
    static final int CRC_BYPASS_DATA_REFLECTION = 1 << 18;

    /** Drain: the first read-back address is valid. */
    static final int DRAIN_READ_BACK_1 = 1 << 16;

    /** Drain: the second read-back address is valid. */
    static final int DRAIN_READ_BACK_2 = 1 << 17;

    /** Drain: no implicit read-back on traffic class A, and on B. */
    static final int DRAIN_SUPPRESS_READ_BACK = 0b11 << 18;

    /** Dualcast: steering tag for the second destination. */
    static final int DUALCAST_STEERING_TAG_2 = 1 << 16;

    /** Accepted by every operation. */
    static final int COMMON =
            COMPLETION_ADDRESS_VALID
                    | REQUEST_COMPLETION_RECORD
                    | RECORD_STEERING_TAG
                    | RECORD_TRAFFIC_CLASS;

    /** Accepted by every operation that writes a destination. */
    static final int DESTINATION =
            CACHE_CONTROL | TRAFFIC_CLASS_2 | STRICT_ORDER | READ_BACK | STEERING_TAG;

    private Flags() {}
}
