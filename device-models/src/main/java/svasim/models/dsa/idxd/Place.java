package svasim.models.dsa.idxd;

import svasim.models.dsa.config.DsaWork;
import svasim.os.file.Work.Buffers;

/**
 * Where the bytes of one descriptor lie among those of others that do the same.
 *
 * @param read bytes behind the offset of the source
 * @param written bytes behind the offset of the destination
 */
record Place(long read, long written) {
    private static final long TUPLE = 8;

    /**
     * Each descriptor works behind the one before, and where the smallest buffer has no room for
     * another one, at the start again.
     *
     * @param size bytes that a descriptor reads
     */
    static Place of(DsaWork work, Buffers buffers, long size, long number) {
        boolean spread = work.stride() != null && work.op() != DsaWork.Operation.TRANSLATION_FETCH;
        long step = spread ? work.stride().bytes() : size;
        if (number == 0 || step == 0) {
            return new Place(0, 0);
        }
        long from = Preparation.room(buffers, work.from(), work.fromOffset());
        long into = Preparation.room(buffers, work.into(), work.intoOffset());
        long second = Preparation.room(buffers, work.second(), work.intoOffset());
        long read = work.dif() == null ? 1 : blockRead(work);
        long written = work.dif() == null ? 1 : blockWritten(work);
        long room = Math.min(from, Math.min(into / written * read, second));
        long places = Math.max(1, (room - size) / step + 1);
        long ahead = number % places * step;
        return new Place(ahead, ahead / read * written);
    }

    /** Bytes of a block that an operation with data integrity fields reads. */
    static long blockRead(DsaWork work) {
        long block = work.dif().block().bytes();
        return switch (work.op()) {
            case DIF_INSERT, DIX_GENERATE -> block;
            default -> block + TUPLE;
        };
    }

    /** Bytes of a block that it writes. */
    static long blockWritten(DsaWork work) {
        long block = work.dif().block().bytes();
        return switch (work.op()) {
            case DIF_STRIP -> block;
            case DIX_GENERATE -> TUPLE;
            default -> block + TUPLE;
        };
    }
}
