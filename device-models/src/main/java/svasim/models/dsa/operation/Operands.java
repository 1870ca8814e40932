package svasim.models.dsa.operation;

import java.util.ArrayList;
import java.util.List;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;

/**
 * Where an operation reads and writes, and how it is cut into pieces.
 *
 * @param sources addresses that are read, none to two
 * @param destinations addresses that are written, byte by byte as the sources are read, none to two
 * @param length bytes that the operation goes over
 * @param unit bytes that a piece is a multiple of: 1, or a block with its tuple, or an entry of a
 *     delta record
 * @param steps whether only the translation of each piece's first byte counts
 * @param backward whether the transfer runs from its end to its start, as a move does whose
 *     destination overlaps the end of its source
 */
public record Operands(
        long[] sources,
        long[] destinations,
        long length,
        int unit,
        boolean steps,
        boolean backward) {
    private static final long[] NONE = {};
    private static final int DEFAULT_STRIDE = 4096;

    /** A range of memory that an operation touches. */
    private record Region(long address, long bytes, boolean written) {
        boolean overlaps(Region other) {
            return Long.compareUnsigned(other.address - address, bytes) < 0
                    || Long.compareUnsigned(address - other.address, other.bytes) < 0;
        }
    }

    public static Operands of(Opcode opcode, Descriptor d) {
        return switch (opcode) {
            case NO_OP, DRAIN, BATCH -> uniform(0, NONE);
            case MEMORY_MOVE ->
                    new Operands(
                            read(d.source()), read(d.destination()), d.size(), 1, false, turns(d));
            case FILL -> uniform(d.size(), NONE, d.destination());
            case COMPARE, CREATE_DELTA -> uniform(d.size(), read(d.source(), d.destination()));
            case COMPARE_PATTERN, CRC_GENERATION -> uniform(d.size(), read(d.source()));
            case DUALCAST -> uniform(d.size(), read(d.source()), d.destination(), d.destination2());
            case COPY_WITH_CRC -> uniform(d.size(), read(d.source()), d.destination());
            case APPLY_DELTA -> units(d.source(), d.deltaSize(), DeltaRecord.ENTRY_BYTES);
            case DIF_CHECK, DIF_STRIP, DIF_UPDATE ->
                    units(d.source(), d.size(), DifBlock.of(d).bytesWithTuple());
            case DIF_INSERT, DIX_GENERATE -> units(d.source(), d.size(), DifBlock.of(d).bytes());
            case CACHE_FLUSH -> new Operands(read(d.destination()), NONE, d.size(), 1, true, false);
            case TRANSLATION_FETCH ->
                    new Operands(read(d.source()), NONE, d.size(), stride(d), true, false);
        };
    }

    private static long[] read(long... addresses) {
        return addresses;
    }

    private static Operands uniform(long length, long[] sources, long... destinations) {
        return new Operands(sources, destinations, length, 1, false, false);
    }

    private static Operands units(long source, long length, int unit) {
        return new Operands(read(source), NONE, length, unit, false, false);
    }

    private static int stride(Descriptor d) {
        return d.stride() == 0 ? DEFAULT_STRIDE : (int) Math.min(d.stride(), 1 << 30);
    }

    public int count() {
        return sources.length + destinations.length;
    }

    /** The sources, then the destinations. */
    public long address(int operand) {
        return operand < sources.length ? sources[operand] : destinations[operand - sources.length];
    }

    /** Whether two of the regions of an operation overlap, one of them being written. */
    public static boolean overlap(Opcode opcode, Descriptor d) {
        List<Region> regions = regions(opcode, d);
        for (int i = 0; i < regions.size(); i++) {
            for (int j = i + 1; j < regions.size(); j++) {
                boolean written = regions.get(i).written() || regions.get(j).written();
                if (written && regions.get(i).overlaps(regions.get(j))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static List<Region> regions(Opcode opcode, Descriptor d) {
        Operands operands = of(opcode, d);
        List<Region> regions = new ArrayList<>();
        for (int i = 0; i < operands.count(); i++) {
            boolean written = i >= operands.sources.length;
            regions.add(new Region(operands.address(i), operands.length, written));
        }
        switch (opcode) {
            case CREATE_DELTA -> regions.add(new Region(d.deltaAddress(), d.deltaLimit(), true));
            case APPLY_DELTA -> regions.add(new Region(d.destination(), d.size(), true));
            case DIF_INSERT, DIF_STRIP, DIF_UPDATE, DIX_GENERATE ->
                    regions.add(
                            new Region(
                                    d.destination(),
                                    DifBlock.of(d).written(opcode, d.size()),
                                    true));
            default -> {
                // All that is written lies where it is read.
            }
        }
        return regions;
    }

    private static boolean turns(Descriptor d) {
        return Long.compareUnsigned(d.destination(), d.source()) > 0
                && overlap(Opcode.COPY_WITH_CRC, d);
    }
}
