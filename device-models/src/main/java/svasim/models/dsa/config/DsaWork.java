package svasim.models.dsa.config;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.device.load.Arrivals;
import svasim.device.load.Load;
import svasim.models.dsa.layout.Opcode;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * What a program asks of a DSA in a {@code submit} step. Buffers are named as in the scenario.
 *
 * @param op what to do
 * @param from source
 * @param into destination
 * @param second second source of a comparison or of create-delta, or second destination of a
 *     dualcast
 * @param size bytes to work on; if absent, as much as the smallest of the buffers has behind its
 *     offset, in whole blocks if they carry data integrity fields
 * @param fromOffset offset of the first byte in the source
 * @param intoOffset offset of the first byte in the destination, and in the second buffer
 * @param pattern eight bytes, lowest first, for fill and compare-pattern
 * @param seed first value of a CRC
 * @param expect result that a comparison is to have, 0 equal or 1 different; of create-delta, 2
 *     too: more differences than there is room for
 * @param blockOnFault whether the device asks for missing pages; else it stops at them
 * @param resume whether the program, when the device has stopped at a missing page, touches it and
 *     hands the rest in again
 * @param deltaSize of create-delta, the room for the delta record, by default all that the buffer
 *     has; of apply-delta, the bytes of the record, by default those that the file's last
 *     create-delta has made
 * @param stride distance of the addresses of translation-fetch; of other operations, from the bytes
 *     of one descriptor to those of the next, from the start again at the end of the buffers; if
 *     absent, as much as each works on
 * @param record buffer that the completion record is written to the start of, which the program
 *     does not touch before; if absent, memory of its library
 * @param dif data integrity fields, of the operations that have them
 * @param fence of a member of a batch, whether it begins only when all before have ended, and not
 *     at all if one of them has failed
 * @param seedFrom buffer that the device reads the first value of a CRC from, in its first four
 *     bytes, instead of {@code seed}
 * @param patternHigh the upper eight bytes of a fill with sixteen, which the second generation has
 * @param batch descriptors of this operation that are handed in together, as one batch
 * @param members of the operation batch: by name, what its descriptors do, in this order
 * @param count how often it is handed in, each time {@code stride} further on
 * @param depth how many of these are under way at once; if absent, as many as the queue takes from
 *     programs
 * @param arrivals when they come: closed, when one of those before has ended; else without regard
 *     to the device, and the latency counts from when each was meant to come
 * @param interval mean time from one to the next, where arrivals are not closed
 * @param burst how many come at once, with {@code arrivals: bursts}
 * @source op, from, into, second, fromOffset, intoOffset, pattern, seed, expect, seedFrom,
 *     patternHigh, members, stride, record, dif: the program says so; by default nothing, or the
 *     start of a buffer
 * @source size, deltaSize: of the buffers
 * @source blockOnFault, resume: chosen: a program that need not care about missing pages
 * @source fence, batch, count, depth, arrivals, interval, burst: chosen: one descriptor, handed in
 *     at once
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
        Boolean resume,
        ByteSize deltaSize,
        ByteSize stride,
        DifWork dif,
        String record,
        Boolean fence,
        String seedFrom,
        Long patternHigh,
        Integer batch,
        Map<String, DsaWork> members,
        Integer count,
        Integer depth,
        Arrivals.Process arrivals,
        Picoseconds interval,
        Integer burst) {
    /** Operations, with the buffers that each needs. */
    public enum Operation {
        NOOP(Opcode.NO_OP, false, false, false),
        BATCH(Opcode.BATCH, false, false, false),
        DRAIN(Opcode.DRAIN, false, false, false),
        MEMMOVE(Opcode.MEMORY_MOVE, true, true, false),
        FILL(Opcode.FILL, false, true, false),
        COMPARE(Opcode.COMPARE, true, false, true),
        COMPARE_PATTERN(Opcode.COMPARE_PATTERN, true, false, false),
        DUALCAST(Opcode.DUALCAST, true, true, true),
        CRC(Opcode.CRC_GENERATION, true, false, false),
        COPY_CRC(Opcode.COPY_WITH_CRC, true, true, false),
        CREATE_DELTA(Opcode.CREATE_DELTA, true, true, true),
        APPLY_DELTA(Opcode.APPLY_DELTA, true, true, false),
        DIF_CHECK(Opcode.DIF_CHECK, true, false, false),
        DIF_INSERT(Opcode.DIF_INSERT, true, true, false),
        DIF_STRIP(Opcode.DIF_STRIP, true, true, false),
        DIF_UPDATE(Opcode.DIF_UPDATE, true, true, false),
        DIX_GENERATE(Opcode.DIX_GENERATE, true, true, false),
        CACHE_FLUSH(Opcode.CACHE_FLUSH, false, true, false),
        TRANSLATION_FETCH(Opcode.TRANSLATION_FETCH, true, false, false);

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

        private boolean isComparison() {
            return this == COMPARE || this == COMPARE_PATTERN;
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
        int results = op == Operation.CREATE_DELTA ? 3 : op.isComparison() ? 2 : 0;
        Require.that(
                expect == null || expect >= 0 && expect < results,
                "expect",
                expect,
                results == 0 ? "nothing: it has no result" : "0 to " + (results - 1));
        boolean delta = op == Operation.CREATE_DELTA || op == Operation.APPLY_DELTA;
        only("deltaSize", deltaSize, delta);
        fence = fence != null && fence;
        batch = batch == null ? 1 : batch;
        boolean several = batch > 1 || count != null && count > 1;
        only("stride", stride, op == Operation.TRANSLATION_FETCH || several);
        only("seedFrom", seedFrom, op == Operation.CRC || op == Operation.COPY_CRC);
        only("patternHigh", patternHigh, op == Operation.FILL);
        only("batch", several ? batch : null, !delta);
        members = members == null ? Map.of() : new LinkedHashMap<>(members);
        checkBatch(op, batch, members);
        Load.of(count, depth, arrivals, interval, burst);
        only("dif", dif, op.opcode.hasTuples());
        dif = dif == null && op.opcode.hasTuples() ? DifWork.DEFAULT : dif;
        boolean update = op == Operation.DIF_UPDATE;
        Require.that(
                dif == null || update || dif.newTags().equals(dif.tags()),
                "dif",
                "newTags",
                "tags only: nothing is updated");
    }

    /** An operation on whole buffers that may be named null. */
    public static DsaWork of(Operation op, String from, String into) {
        return of(op, from, into, null);
    }

    /** The same with a second buffer. */
    public static DsaWork of(Operation op, String from, String into, String second) {
        return new DsaWork(
                op, from, into, second, null, null, null, null, null, null, null, null, null, null,
                null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** How often it is handed in, and when. */
    public Load load() {
        return Load.of(count, depth, arrivals, interval, burst);
    }

    /** Whether its descriptors are handed in as a batch. */
    public boolean isBatch() {
        return batch > 1 || op == Operation.BATCH;
    }

    /** Descriptors that each submission has, besides that of a batch. */
    public int descriptors() {
        return op == Operation.BATCH ? members.size() : batch;
    }

    private static void checkBatch(Operation op, int batch, Map<String, DsaWork> members) {
        boolean mixed = op == Operation.BATCH;
        Require.range("batch", batch, 1, 1 << DsaConfig.MAX_BATCH_SHIFT);
        Require.that(batch == 1 || !mixed && op != Operation.DRAIN, "batch", batch, "nothing here");
        Require.that(
                mixed == !members.isEmpty(),
                "members",
                mixed ? "nothing" : members.keySet(),
                mixed ? "at least two" : "nothing for this operation");
        Require.that(!mixed || members.size() > 1, "members", members.keySet(), "at least two");
        members.forEach(
                (name, member) ->
                        Require.that(
                                member.canBeMember(),
                                "members",
                                name,
                                "one descriptor of an operation that batches may have, without"
                                        + " record, count and the like"));
    }

    private boolean canBeMember() {
        return !isBatch() && op != Operation.DRAIN && load().isSingle() && record == null;
    }

    private static void only(String component, Object value, boolean used) {
        Require.that(value == null || used, component, value, "nothing for this operation");
    }

    private static void needs(String component, String buffer, boolean needed) {
        Require.that(buffer != null || !needed, component, buffer, "a buffer for this operation");
        Require.that(buffer == null || needed, component, buffer, "nothing for this operation");
    }
}
