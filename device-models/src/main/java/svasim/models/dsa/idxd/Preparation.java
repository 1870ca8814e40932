package svasim.models.dsa.idxd;

import svasim.models.dsa.config.DifWork;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.os.file.Work.Buffers;
import svasim.units.ByteSize;

/** Makes descriptors of what programs ask for. */
final class Preparation {
    private static final long WORD = 8;
    private static final long DELTA_ENTRY = 10;

    /** Largest delta record that a descriptor can ask for, 32 bits. */
    private static final long MOST_DELTA = 0xffff_ffffL;

    private Preparation() {}

    /**
     * A descriptor for a piece of work, still without the address of its record.
     *
     * @param number of the descriptor among those that follow each other in the buffers
     * @param lastDelta bytes of the delta record that was made last, 0 if none was
     * @throws IllegalArgumentException if a buffer is not there, or is smaller than its offset
     */
    static Descriptor.Builder prepare(DsaWork work, Buffers buffers, long number, long lastDelta) {
        Opcode opcode = work.op().opcode();
        Descriptor.Builder descriptor = Descriptor.builder(opcode).flags(flags(work, opcode));
        long size = opcode.transfers() ? size(work, buffers) : 0;
        Place place = Place.of(work, buffers, size, number);
        long from = address(buffers, work.from(), work.fromOffset()) + place.read();
        long into = address(buffers, work.into(), work.intoOffset()) + place.written();
        long second = address(buffers, work.second(), work.intoOffset()) + place.written();
        if (opcode.transfers()) {
            descriptor.size(size);
        }
        switch (work.op()) {
            case NOOP, DRAIN, BATCH -> {
                // No operands.
            }
            case MEMMOVE -> descriptor.source(from).destination(into);
            case FILL -> fill(descriptor.destination(into), work);
            case COMPARE -> descriptor.source(from).destination(second);
            case COMPARE_PATTERN -> descriptor.source(from).destination(work.pattern());
            case DUALCAST -> descriptor.source(from).destination(into).destination2(second);
            case CRC -> seed(descriptor.source(from), work, buffers);
            case COPY_CRC -> seed(descriptor.source(from).destination(into), work, buffers);
            case CREATE_DELTA ->
                    descriptor
                            .source(from)
                            .destination(second)
                            .deltaRecord(into, deltaRoom(work, buffers));
            case APPLY_DELTA ->
                    descriptor.source(from).destination(into).deltaSize(deltaSize(work, lastDelta));
            case DIF_CHECK, DIF_INSERT, DIF_STRIP, DIF_UPDATE, DIX_GENERATE ->
                    tuples(descriptor.source(from).destination(into), work.dif(), opcode);
            case CACHE_FLUSH -> descriptor.destination(into);
            case TRANSLATION_FETCH ->
                    descriptor
                            .source(from)
                            .stride(work.stride() == null ? 0 : work.stride().bytes());
        }
        return work.expect() == null ? descriptor : expect(descriptor, work, opcode);
    }

    private static void fill(Descriptor.Builder descriptor, DsaWork work) {
        descriptor.source(work.pattern());
        if (work.patternHigh() != null) {
            descriptor.patternHigh(work.patternHigh());
        }
    }

    private static void seed(Descriptor.Builder descriptor, DsaWork work, Buffers buffers) {
        if (work.seedFrom() == null) {
            descriptor.crcSeed(work.seed().intValue());
        } else {
            descriptor.crcSeedAddress(buffers.address(work.seedFrom()));
        }
    }

    private static Descriptor.Builder expect(
            Descriptor.Builder descriptor, DsaWork work, Opcode opcode) {
        return opcode == Opcode.CREATE_DELTA
                ? descriptor.expectedResults(1 << work.expect())
                : descriptor.expectedResult(work.expect());
    }

    /** Whole entries that the buffer, or what is to be used of it, has room for. */
    private static long deltaRoom(DsaWork work, Buffers buffers) {
        long room = room(buffers, work.into(), work.intoOffset());
        long wanted = work.deltaSize() == null ? room : work.deltaSize().bytes();
        return Math.min(wanted, MOST_DELTA) / DELTA_ENTRY * DELTA_ENTRY;
    }

    private static long deltaSize(DsaWork work, long last) {
        if (work.deltaSize() == null && last == 0) {
            throw new IllegalArgumentException("no delta record was made before, or an empty one");
        }
        return work.deltaSize() == null ? last : work.deltaSize().bytes();
    }

    private static Descriptor.Builder tuples(
            Descriptor.Builder descriptor, DifWork dif, Opcode opcode) {
        boolean reads = opcode != Opcode.DIF_INSERT && opcode != Opcode.DIX_GENERATE;
        boolean writes = !reads || opcode == Opcode.DIF_UPDATE;
        DifWork.Tags read = dif.tags();
        DifWork.Tags written = dif.newTags();
        descriptor.dif(reads ? read.flags() : 0, writes ? written.flags() : 0, dif.flags());
        if (reads) {
            descriptor.sourceTags(read.field());
        }
        return writes ? descriptor.destinationTags(written.field()) : descriptor;
    }

    private static int flags(DsaWork work, Opcode opcode) {
        int flags = Flags.COMPLETION_ADDRESS_VALID | Flags.REQUEST_COMPLETION_RECORD;
        if (work.blockOnFault() && opcode.transfers()) {
            flags |= Flags.BLOCK_ON_FAULT;
        }
        flags |= work.fence() ? Flags.FENCE : 0;
        flags |= work.seedFrom() != null ? Flags.CRC_READ_SEED : 0;
        flags |= work.patternHigh() != null ? Flags.FILL_16_BYTES : 0;
        return work.expect() == null ? flags : flags | Flags.CHECK_RESULT;
    }

    private static long address(Buffers buffers, String name, ByteSize offset) {
        return name == null ? 0 : buffers.address(name) + offset.bytes();
    }

    private static long size(DsaWork work, Buffers buffers) {
        if (work.size() != null) {
            return work.size().bytes();
        }
        long from = room(buffers, work.from(), work.fromOffset());
        long into = room(buffers, work.into(), work.intoOffset());
        long second = room(buffers, work.second(), work.intoOffset());
        long size =
                switch (work.op()) {
                    case CREATE_DELTA -> Math.min(from, second) & -WORD;
                    case APPLY_DELTA -> into & -WORD;
                    default ->
                            work.dif() == null
                                    ? Math.min(from, Math.min(into, second))
                                    : blocks(work, from, into);
                };
        if (size <= 0) {
            throw new IllegalArgumentException("an offset lies behind the end of its buffer");
        }
        return size;
    }

    /** Bytes that are read of as many blocks as both buffers have room for. */
    private static long blocks(DsaWork work, long from, long into) {
        long read = Place.blockRead(work);
        return Math.min(from / read, into / Place.blockWritten(work)) * read;
    }

    static long room(Buffers buffers, String name, ByteSize offset) {
        return name == null ? Long.MAX_VALUE : buffers.size(name) - offset.bytes();
    }
}
