package svasim.models.dsa.layout;

import static svasim.models.dsa.layout.Flags.BLOCK_ON_FAULT;
import static svasim.models.dsa.layout.Flags.CHECK_RESULT;
import static svasim.models.dsa.layout.Flags.COMMON;
import static svasim.models.dsa.layout.Flags.CRC_BYPASS_DATA_REFLECTION;
import static svasim.models.dsa.layout.Flags.CRC_BYPASS_INVERSION;
import static svasim.models.dsa.layout.Flags.DESTINATION;
import static svasim.models.dsa.layout.Flags.DRAIN_READ_BACK_1;
import static svasim.models.dsa.layout.Flags.DRAIN_READ_BACK_2;
import static svasim.models.dsa.layout.Flags.DRAIN_SUPPRESS_READ_BACK;
import static svasim.models.dsa.layout.Flags.DUALCAST_STEERING_TAG_2;
import static svasim.models.dsa.layout.Flags.FENCE;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_1;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_2;
import static svasim.models.dsa.layout.Flags.TRAFFIC_CLASS_3;

/** Operations that the model carries out, with the flags that each accepts. */
public enum Opcode {
    NO_OP(0x00, FENCE),
    DRAIN(
            0x02,
            TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_2
                    | DRAIN_READ_BACK_1
                    | DRAIN_READ_BACK_2
                    | DRAIN_SUPPRESS_READ_BACK),
    MEMORY_MOVE(0x03, FENCE | BLOCK_ON_FAULT | TRAFFIC_CLASS_1 | DESTINATION),
    FILL(0x04, FENCE | BLOCK_ON_FAULT | DESTINATION),
    COMPARE(0x05, FENCE | BLOCK_ON_FAULT | CHECK_RESULT | TRAFFIC_CLASS_1 | TRAFFIC_CLASS_2),
    COMPARE_PATTERN(0x06, FENCE | BLOCK_ON_FAULT | CHECK_RESULT | TRAFFIC_CLASS_1),
    DUALCAST(
            0x09,
            FENCE
                    | BLOCK_ON_FAULT
                    | TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_3
                    | DESTINATION
                    | DUALCAST_STEERING_TAG_2),
    CRC_GENERATION(
            0x10,
            FENCE
                    | BLOCK_ON_FAULT
                    | TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_3
                    | CRC_BYPASS_INVERSION
                    | CRC_BYPASS_DATA_REFLECTION),
    COPY_WITH_CRC(
            0x11,
            FENCE
                    | BLOCK_ON_FAULT
                    | TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_3
                    | DESTINATION
                    | CRC_BYPASS_INVERSION
                    | CRC_BYPASS_DATA_REFLECTION);

    /** First byte of the operation-specific part. */
    private static final int SPECIFIC = 40;

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

    /** The flags of a descriptor that this operation does not know. */
    public int invalidFlags(int flags) {
        return flags & ~acceptedFlags;
    }

    /** Whether the operation goes over {@link Descriptor#size} bytes. */
    public boolean transfers() {
        return this != NO_OP && this != DRAIN;
    }

    /** Whether the bytes from 40 on that the operation does not use are zero. */
    public boolean reservedBytesAreZero(Descriptor descriptor) {
        byte[] bytes = descriptor.toBytes();
        for (int i = SPECIFIC; i < bytes.length; i++) {
            if (bytes[i] != 0 && (usedBytes() >>> i - SPECIFIC & 1) == 0) {
                return false;
            }
        }
        return true;
    }

    /** One bit for each byte from 40 on that the operation uses. */
    private int usedBytes() {
        return switch (this) {
            case NO_OP, DRAIN, MEMORY_MOVE, FILL -> 0;
            case COMPARE, COMPARE_PATTERN -> 1;
            case DUALCAST -> 0xff;
            case CRC_GENERATION, COPY_WITH_CRC -> 0xf;
        };
    }

    /** The operation with this code, or null if the device does not support it. */
    public static Opcode of(int code) {
        return BY_CODE[code];
    }

    /** Word {@code index} of the 256-bit OPCAP register: one bit for each supported operation. */
    public static long capabilityWord(int index) {
        long word = 0;
        for (Opcode opcode : values()) {
            if (opcode.code >>> 6 == index) {
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
