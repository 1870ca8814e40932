package svasim.models.dsa.layout;

import static svasim.models.dsa.layout.Flags.BLOCK_ON_FAULT;
import static svasim.models.dsa.layout.Flags.CHECK_RESULT;
import static svasim.models.dsa.layout.Flags.COMMON;
import static svasim.models.dsa.layout.Flags.CRC_FLAGS;
import static svasim.models.dsa.layout.Flags.DESTINATION;
import static svasim.models.dsa.layout.Flags.DRAIN_READ_BACK_1;
import static svasim.models.dsa.layout.Flags.DRAIN_READ_BACK_2;
import static svasim.models.dsa.layout.Flags.DRAIN_SUPPRESS_READ_BACK;
import static svasim.models.dsa.layout.Flags.DUALCAST_STEERING_TAG_2;
import static svasim.models.dsa.layout.Flags.FENCE;
import static svasim.models.dsa.layout.Flags.FILL_16_BYTES;
import static svasim.models.dsa.layout.Flags.MOVES;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_1;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_2;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_3;

/** Operations that the model carries out, with the flags that each accepts. */
public enum Opcode {
    NO_OP(0x00, FENCE),
    BATCH(0x01, TRAFFIC_CLASS_1),
    DRAIN(
            0x02,
            TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_2
                    | DRAIN_READ_BACK_1
                    | DRAIN_READ_BACK_2
                    | DRAIN_SUPPRESS_READ_BACK),
    MEMORY_MOVE(0x03, MOVES),
    FILL(0x04, FENCE | BLOCK_ON_FAULT | DESTINATION),
    COMPARE(0x05, FENCE | BLOCK_ON_FAULT | CHECK_RESULT | TRAFFIC_CLASS_1 | TRAFFIC_CLASS_2),
    COMPARE_PATTERN(0x06, FENCE | BLOCK_ON_FAULT | CHECK_RESULT | TRAFFIC_CLASS_1),
    CREATE_DELTA(0x07, MOVES | CHECK_RESULT | TRAFFIC_CLASS_3),
    APPLY_DELTA(0x08, MOVES),
    DUALCAST(0x09, MOVES | TRAFFIC_CLASS_3 | DUALCAST_STEERING_TAG_2),
    TRANSLATION_FETCH(0x0a, FENCE | BLOCK_ON_FAULT | TRAFFIC_CLASS_1),
    CRC_GENERATION(0x10, FENCE | BLOCK_ON_FAULT | TRAFFIC_CLASS_1 | TRAFFIC_CLASS_3 | CRC_FLAGS),
    COPY_WITH_CRC(0x11, MOVES | TRAFFIC_CLASS_3 | CRC_FLAGS),
    DIF_CHECK(0x12, FENCE | BLOCK_ON_FAULT | TRAFFIC_CLASS_1),
    DIF_INSERT(0x13, MOVES),
    DIF_STRIP(0x14, MOVES),
    DIF_UPDATE(0x15, MOVES),
    DIX_GENERATE(0x17, MOVES),
    CACHE_FLUSH(0x20, FENCE | BLOCK_ON_FAULT | DESTINATION);

    /** First byte of the operation-specific part. */
    private static final int SPECIFIC = 40;

    /** The generation that brought operations and flags of its own. */
    private static final int SECOND = 2;

    private static final Opcode[] BY_CODE = byCode();

    private final int code;
    private final int acceptedFlags;

    Opcode(int code, int ownFlags) {
        this.code = code;
        this.acceptedFlags = COMMON | ownFlags;
    }

    /** Byte 7 of the descriptor. */
    public int code() {
        return code;
    }

    /**
     * The flags of a descriptor that this operation does not know.
     *
     * @param version generation of the device
     */
    public int invalidFlags(int flags, int version) {
        boolean wide = this == FILL && version >= SECOND;
        return flags & ~(wide ? acceptedFlags | FILL_16_BYTES : acceptedFlags);
    }

    /** Whether a device of this generation has the operation. */
    public boolean isIn(int version) {
        boolean late = this == TRANSLATION_FETCH || this == DIX_GENERATE;
        return !late || version >= SECOND;
    }

    /** Whether the operation goes over a range of memory. */
    public boolean transfers() {
        return this != NO_OP && this != DRAIN && this != BATCH;
    }

    /** Whether the operation reads or writes tuples of data integrity fields. */
    public boolean hasTuples() {
        return code >= DIF_CHECK.code && code <= DIX_GENERATE.code;
    }

    /** Whether the bytes from 40 on that the operation does not use are zero. */
    public boolean reservedBytesAreZero(Descriptor descriptor) {
        byte[] bytes = descriptor.toBytes();
        for (int i = SPECIFIC; i < bytes.length; i++) {
            if (bytes[i] != 0 && (usedBytes(descriptor) >>> i - SPECIFIC & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** One bit for each byte from 40 on that the operation uses. */
    private int usedBytes(Descriptor descriptor) {
        return switch (this) {
            case NO_OP, BATCH, DRAIN, MEMORY_MOVE, CACHE_FLUSH -> 0;
            case COMPARE, COMPARE_PATTERN -> 1;
            case FILL -> descriptor.has(FILL_16_BYTES) ? 0xff : 0;
            case DUALCAST -> 0xff;
            case CREATE_DELTA -> 0x1_0fff;
            case APPLY_DELTA -> 0xf;
            case TRANSLATION_FETCH -> 0xf00;
            case CRC_GENERATION, COPY_WITH_CRC -> 0xff0f;
            case DIF_CHECK, DIF_STRIP -> 0xff05;
            case DIF_INSERT, DIX_GENERATE -> 0xff_0006;
            case DIF_UPDATE -> 0xff_ff07;
        };
    }

    /** The operation with this code, or null if the device does not support it. */
    public static Opcode of(int code) {
        return BY_CODE[code];
    }

    /** Word {@code index} of the 256-bit OPCAP register: one bit for each supported operation. */
    public static long capabilityWord(int index, int version) {
        long word = 0;
        for (Opcode opcode : values()) {
            if (opcode.code >>> 6 == index && opcode.isIn(version)) {
                word |= 1L << (opcode.code & 63);
            }
        }
        return word;
    }

    private static Opcode[] byCode() {
        Opcode[] table = new Opcode[256];
        for (Opcode opcode : values()) {
            table[opcode.code] = opcode;
        }
        return table;
    }
}
