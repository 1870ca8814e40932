package svasim.models.dsa;

import static svasim.models.dsa.Flags.BLOCK_ON_FAULT;
import static svasim.models.dsa.Flags.CHECK_RESULT;
import static svasim.models.dsa.Flags.COMMON;
import static svasim.models.dsa.Flags.CRC_BYPASS_DATA_REFLECTION;
import static svasim.models.dsa.Flags.CRC_BYPASS_INVERSION;
import static svasim.models.dsa.Flags.CRC_SEED_FROM_MEMORY;
import static svasim.models.dsa.Flags.DESTINATION;
import static svasim.models.dsa.Flags.DRAIN_READ_BACK_1;
import static svasim.models.dsa.Flags.DRAIN_READ_BACK_2;
import static svasim.models.dsa.Flags.DRAIN_SUPPRESS_READ_BACK;
import static svasim.models.dsa.Flags.DUALCAST_STEERING_TAG_2;
import static svasim.models.dsa.Flags.FENCE;
import static svasim.models.dsa.Flags.TRAFFIC_CLASS_1;
import static svasim.models.dsa.Flags.TRAFFIC_CLASS_2;
import static svasim.models.dsa.Flags.TRAFFIC_CLASS_3;

/** Operations that the model carries out, with the flags that each accepts. */
enum Opcode {
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
                    | CRC_SEED_FROM_MEMORY
                    | CRC_BYPASS_INVERSION
                    | CRC_BYPASS_DATA_REFLECTION),
    COPY_WITH_CRC(
            0x11,
            FENCE
                    | BLOCK_ON_FAULT
                    | TRAFFIC_CLASS_1
                    | TRAFFIC_CLASS_3
                    | DESTINATION
                    | CRC_SEED_FROM_MEMORY
                    | CRC_BYPASS_INVERSION
                    | CRC_BYPASS_DATA_REFLECTION);

    private static final Opcode[] BY_CODE = byCode();

    private final int code;
    private final int acceptedFlags;

    Opcode(int code, int ownFlags) {
        this.code = code;
        this.acceptedFlags = COMMON | ownFlags;
    }

    /** Byte 7 of the descriptor. */
    int code() {
        return code;
    }

    /** The flags of a descriptor that this operation does not know. */
    int invalidFlags(int flags) {
        return flags & ~acceptedFlags;
    }

    /** The operation with this code, or null if the device does not support it. */
    static Opcode of(int code) {
        return BY_CODE[code];
    }

    /** Word {@code index} of the 256-bit OPCAP register: one bit for each supported operation. */
    static long capabilityWord(int index) {
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
