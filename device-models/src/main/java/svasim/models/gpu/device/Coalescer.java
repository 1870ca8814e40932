package svasim.models.gpu.device;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import svasim.models.gpu.pattern.Instruction;

/**
 * Joins what lanes access: for a read, all that lies in one line of 64 bytes; for a write, what
 * also follows each other, since nothing between may be touched.
 */
final class Coalescer {
    private static final int LINE_SHIFT = 6;

    private final boolean joins;

    /**
     * @param joins false if each lane makes an access of its own
     */
    Coalescer(boolean joins) {
        this.joins = joins;
    }

    List<Piece> pieces(Instruction instruction) {
        int[] lanes = byAddress(instruction.addresses());
        List<Piece> pieces = new ArrayList<>();
        int begin = 0;
        for (int end = 1; end <= lanes.length; end++) {
            if (end == lanes.length || !joins(instruction, lanes[end - 1], lanes[end])) {
                pieces.add(piece(instruction, Arrays.copyOfRange(lanes, begin, end)));
                begin = end;
            }
        }
        return pieces;
    }

    /** Lanes in the order of their addresses; of equal ones the later lane's store is the last. */
    private static int[] byAddress(long[] addresses) {
        return IntStream.range(0, addresses.length)
                .boxed()
                .sorted(Comparator.comparingLong(lane -> addresses[lane]))
                .mapToInt(Integer::intValue)
                .toArray();
    }

    private boolean joins(Instruction instruction, int lane, int next) {
        long before = instruction.addresses()[lane];
        long after = instruction.addresses()[next];
        boolean sameLine = before >>> LINE_SHIFT == after >>> LINE_SHIFT;
        return joins && sameLine && (!instruction.write() || after - before <= Long.BYTES);
    }

    private static Piece piece(Instruction instruction, int[] lanes) {
        long first = instruction.addresses()[lanes[0]];
        long last = instruction.addresses()[lanes[lanes.length - 1]];
        return Piece.of(instruction, first, (int) (last - first) + Long.BYTES, lanes);
    }
}
