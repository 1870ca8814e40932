package svasim.models.dsa.operation;

import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
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
            case NO_OP, DRAIN ->
                    throw new IllegalArgumentException(opcode + " cannot be continued");
            case MEMORY_MOVE -> {
                boolean backward = record.result() == 1;
                long advance = backward ? 0 : done;
                rest.source(d.source() + advance).destination(d.destination() + advance);
            }
            case FILL -> rest.source(rotate(d.source(), done)).destination(d.destination() + done);
            case COMPARE -> rest.source(d.source() + done).destination(d.destination() + done);
            case COMPARE_PATTERN ->
                    rest.source(d.source() + done).destination(rotate(d.destination(), done));
            case DUALCAST ->
                    rest.source(d.source() + done)
                            .destination(d.destination() + done)
                            .destination2(d.destination2() + done);
            case CRC_GENERATION -> rest.source(d.source() + done).crcSeed((int) record.specific());
            case COPY_WITH_CRC ->
                    rest.source(d.source() + done)
                            .destination(d.destination() + done)
                            .crcSeed((int) record.specific());
        }
        return rest.build();
    }

    /** The pattern as it goes on behind {@code done} bytes. */
    private static long rotate(long pattern, long done) {
        return Long.rotateRight(pattern, (int) (done & 7) * Byte.SIZE);
    }
}
