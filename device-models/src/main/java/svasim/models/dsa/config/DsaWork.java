package svasim.models.dsa.config;

import svasim.models.dsa.layout.Opcode;
import svasim.units.ByteSize;
import svasim.units.Require;

/**
 * What a program asks of a DSA in a {@code submit} step. Buffers are named as in the scenario.
 *
 * @param op what to do
 * @param from source
 * @param into destination
 * @param second second source of a comparison, or second destination of a dualcast
 * @param size bytes; if absent, as much as the smallest of the buffers has behind its offset
 * @param fromOffset of the first byte in the source
 * @param intoOffset of the first byte in the destination, and in the second buffer
 * @param pattern eight bytes, lowest first, for fill and compare-pattern
 * @param seed of a CRC
 * @param expect result that a comparison is to have, 0 equal or 1 different
 * @param blockOnFault whether the device asks for missing pages; else it stops at them
 * @param resume whether the program, when the device has stopped at a missing page, touches it and
 *     hands the rest in again
 */
public record DsaWork(
        Operation op,
        String from,
        String into,
        String second,
        ByteSize size,
        ByteSize fromOffset,
        ByteSize intoOffset,
        Long pattern,
        Long seed,
        Integer expect,
        Boolean blockOnFault,
        Boolean resume) {
    /** Operations, with the buffers that each needs. */
    public enum Operation {
        NOOP(Opcode.NO_OP, false, false, false),
        DRAIN(Opcode.DRAIN, false, false, false),
        MEMMOVE(Opcode.MEMORY_MOVE, true, true, false),
        FILL(Opcode.FILL, false, true, false),
        COMPARE(Opcode.COMPARE, true, false, true),
        COMPARE_PATTERN(Opcode.COMPARE_PATTERN, true, false, false),
        DUALCAST(Opcode.DUALCAST, true, true, true),
        CRC(Opcode.CRC_GENERATION, true, false, false),
        COPY_CRC(Opcode.COPY_WITH_CRC, true, true, false);

        private final Opcode opcode;
        private final boolean from;
        private final boolean into;
        private final boolean second;

        Operation(Opcode opcode, boolean from, boolean into, boolean second) {
            this.opcode = opcode;
            this.from = from;
            this.into = into;
            this.second = second;
        }

        public Opcode opcode() {
            return opcode;
        }
    }

    public DsaWork {
        Require.that(op != null, "op", op, "an operation, such as memmove");
        needs("from", from, op.from);
        needs("into", into, op.into);
        needs("second", second, op.second);
        fromOffset = fromOffset == null ? new ByteSize(0) : fromOffset;
        intoOffset = intoOffset == null ? new ByteSize(0) : intoOffset;
        pattern = pattern == null ? 0 : pattern;
        seed = seed == null ? 0 : seed;
        blockOnFault = blockOnFault == null || blockOnFault;
        resume = resume == null || resume;
        Require.range("seed", seed, 0, 0xffff_ffffL);
        Require.that(
                expect == null || expect == 0 || expect == 1, "expect", expect, "0 or 1, or none");
    }

    /** An operation on whole buffers that may be named null. */
    public static DsaWork of(Operation op, String from, String into) {
        return new DsaWork(op, from, into, null, null, null, null, null, null, null, null, null);
    }

    private static void needs(String component, String buffer, boolean needed) {
        Require.that(buffer != null || !needed, component, buffer, "a buffer for this operation");
        Require.that(buffer == null || needed, component, buffer, "nothing for this operation");
    }
}
