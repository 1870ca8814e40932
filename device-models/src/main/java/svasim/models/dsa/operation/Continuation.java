package svasim.models.dsa.operation;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;

/** What a program hands in after a descriptor stopped at a missing page. */
public final class Continuation {
    private Continuation() {}

    /**
     * The descriptor for the rest.
     *
     * @param record of the descriptor, with status {@link Status#PAGE_FAULT}
     */
    public static Descriptor rest(Descriptor d, CompletionRecord record) {
        long done = record.bytesCompleted();
        Descriptor.Builder rest = d.toBuilder().size(d.size() - done);
        Opcode opcode = Opcode.of(d.opcode());
        switch (opcode) {
            case BATCH -> rest.source(d.source() + done * Descriptor.BYTES);
            case NO_OP, DRAIN ->
                    throw new IllegalArgumentException(opcode + " cannot be continued");
            case MEMORY_MOVE -> {
                boolean backward = record.result() == 1;
                long advance = backward ? 0 : done;
                rest.source(d.source() + advance).destination(d.destination() + advance);
            }
            case FILL -> fill(d, done, rest);
            case CACHE_FLUSH -> rest.destination(d.destination() + done);
            case TRANSLATION_FETCH -> rest.source(d.source() + done);
            case CREATE_DELTA ->
                    rest.source(d.source() + done)
                            .destination(d.destination() + done)
                            .deltaRecord(
                                    d.deltaAddress() + record.specific(),
                                    d.deltaLimit() - record.specific());
            case APPLY_DELTA ->
                    rest.source(d.source() + done).size(d.size()).deltaSize(d.deltaSize() - done);
            case DIF_CHECK, DIF_INSERT, DIF_STRIP, DIF_UPDATE, DIX_GENERATE ->
                    tuples(opcode, d, record, rest);
            case COMPARE -> rest.source(d.source() + done).destination(d.destination() + done);
            case COMPARE_PATTERN ->
                    rest.source(d.source() + done).destination(rotate(d.destination(), done));
            case DUALCAST ->
                    rest.source(d.source() + done)
                            .destination(d.destination() + done)
                            .destination2(d.destination2() + done);
            case CRC_GENERATION -> crc(rest, record).source(d.source() + done);
            case COPY_WITH_CRC ->
                    crc(rest, record).source(d.source() + done).destination(d.destination() + done);
        }
        return rest.build();
    }

    private static void fill(Descriptor d, long done, Descriptor.Builder rest) {
        rest.destination(d.destination() + done);
        boolean wide = d.has(Flags.FILL_16_BYTES);
        long high = wide ? d.patternHigh() : d.source();
        boolean swapped = (done & 8) != 0;
        long first = swapped ? high : d.source();
        long second = swapped ? d.source() : high;
        int bits = (int) (done & 7) * Byte.SIZE;
        rest.source(shift(first, second, bits));
        if (wide) {
            rest.patternHigh(shift(second, first, bits));
        }
    }

    /** Eight bytes from a place within the first eight of sixteen. */
    private static long shift(long low, long high, int bits) {
        return bits == 0 ? low : low >>> bits | high << Long.SIZE - bits;
    }

    /**
     * The seed stands in the descriptor from now on, wherever it came from; unless nothing was
     * done, perhaps because the seed itself was missing.
     */
    private static Descriptor.Builder crc(Descriptor.Builder rest, CompletionRecord record) {
        if (record.bytesCompleted() == 0) {
            return rest;
        }
        return rest.crcSeed((int) record.specific()).without(Flags.CRC_READ_SEED).crcSeedAddress(0);
    }

    private static void tuples(
            Opcode opcode, Descriptor d, CompletionRecord record, Descriptor.Builder rest) {
        long done = record.bytesCompleted();
        rest.source(d.source() + done)
                .sourceTags(readsNone(opcode) ? d.sourceTags() : record.specific());
        if (opcode != Opcode.DIF_CHECK) {
            long written = DifBlock.of(d).written(opcode, done);
            rest.destination(d.destination() + written)
                    .destinationTags(
                            opcode == Opcode.DIF_STRIP ? d.destinationTags() : record.written());
        }
    }

    private static boolean readsNone(Opcode opcode) {
        return opcode == Opcode.DIF_INSERT || opcode == Opcode.DIX_GENERATE;
    }

    /** The pattern as it goes on behind {@code done} bytes. */
    private static long rotate(long pattern, long done) {
        return Long.rotateRight(pattern, (int) (done & 7) * Byte.SIZE);
    }
}
