package svasim.models.dsa.operation;

import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;

/**
 * Where an operation reads and writes.
 *
 * @param sources addresses that are read, none to two
 * @param destinations addresses that are written, none to two
 * @param backward whether the transfer runs from its end to its start, as a move does whose
 *     destination overlaps the end of its source
 */
public record Operands(long[] sources, long[] destinations, boolean backward) {
    private static final long[] NONE = {};

    public static Operands of(Opcode opcode, Descriptor d) {
        return switch (opcode) {
            case NO_OP, DRAIN -> new Operands(NONE, NONE, false);
            case MEMORY_MOVE ->
                    new Operands(
                            new long[] {d.source()}, new long[] {d.destination()}, runsBackward(d));
            case FILL -> new Operands(NONE, new long[] {d.destination()}, false);
            case COMPARE -> new Operands(new long[] {d.source(), d.destination()}, NONE, false);
            case COMPARE_PATTERN, CRC_GENERATION ->
                    new Operands(new long[] {d.source()}, NONE, false);
            case DUALCAST ->
                    new Operands(
                            new long[] {d.source()},
                            new long[] {d.destination(), d.destination2()},
                            false);
            case COPY_WITH_CRC ->
                    new Operands(new long[] {d.source()}, new long[] {d.destination()}, false);
        };
    }

    public int count() {
        return sources.length + destinations.length;
    }

    /** The sources, then the destinations. */
    public long address(int operand) {
        return operand < sources.length ? sources[operand] : destinations[operand - sources.length];
    }

    /** Whether two of the regions overlap, one of them being written. */
    public boolean overlap(long size) {
        for (int i = 0; i < count(); i++) {
            for (int j = Math.max(i + 1, sources.length); j < count(); j++) {
                if (overlap(address(i), address(j), size)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean runsBackward(Descriptor d) {
        return Long.compareUnsigned(d.destination(), d.source()) > 0
                && overlap(d.source(), d.destination(), d.size());
    }

    private static boolean overlap(long one, long other, long size) {
        return Long.compareUnsigned(one - other, size) < 0
                || Long.compareUnsigned(other - one, size) < 0;
    }
}
