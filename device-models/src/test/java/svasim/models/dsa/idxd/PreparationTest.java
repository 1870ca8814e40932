package svasim.models.dsa.idxd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.models.dsa.config.DifWork;
import svasim.models.dsa.config.DsaWork;
import svasim.models.dsa.config.DsaWork.Operation;
import svasim.models.dsa.config.Works;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Status;
import svasim.models.dsa.operation.Continuation;
import svasim.os.file.Work.Buffers;
import svasim.units.ByteSize;
import svasim.units.Require;

/** From the words of a scenario to descriptors, and on behind a missing page. */
class PreparationTest {
    private static final Buffers BUFFERS =
            new Buffers() {
                @Override
                public long address(String buffer) {
                    return switch (buffer) {
                        case "src" -> 0x1000_0000L;
                        case "dst" -> 0x2000_0000L;
                        case "two" -> 0x3000_0000L;
                        default -> throw new IllegalArgumentException("no " + buffer);
                    };
                }

                @Override
                public long size(String buffer) {
                    return buffer.equals("dst") ? 6000 : 9000;
                }
            };

    @Test
    void shouldMoveAsMuchAsTheSmallerBufferHas() {
        Descriptor d = prepare(DsaWork.of(Operation.MEMMOVE, "src", "dst"));

        assertEquals(0x1000_0000L, d.source());
        assertEquals(0x2000_0000L, d.destination());
        assertEquals(6000, d.size());
        assertTrue(d.has(Flags.BLOCK_ON_FAULT));
        assertTrue(d.has(Flags.REQUEST_COMPLETION_RECORD));
    }

    @Test
    void shouldCountOffsetsAgainstTheRoom() {
        DsaWork work = move(null, ByteSize.ofKiB(8), new ByteSize(100));

        Descriptor d = prepare(work);

        assertEquals(0x1000_2000L, d.source());
        assertEquals(0x2000_0064L, d.destination());
        assertEquals(9000 - 8192, d.size());
        assertFalse(d.has(Flags.BLOCK_ON_FAULT));
    }

    @Test
    void shouldRefuseAnOffsetBehindTheEnd() {
        DsaWork work = move(null, ByteSize.ofKiB(16), null);

        assertThrows(IllegalArgumentException.class, () -> prepare(work));
    }

    @Test
    void shouldKeepASizeThatIsGivenEvenIfItIsTooLarge() {
        assertEquals(16384, prepare(move(ByteSize.ofKiB(16), null, null)).size());
    }

    @Test
    void shouldNameTheBufferThatAnOperationLacksOrDoesNotUse() {
        Require.Violation lacks =
                assertThrows(
                        Require.Violation.class, () -> DsaWork.of(Operation.MEMMOVE, "src", null));
        Require.Violation unused =
                assertThrows(
                        Require.Violation.class, () -> DsaWork.of(Operation.FILL, "src", "dst"));

        assertEquals("into", lacks.component());
        assertEquals("from", unused.component());
    }

    @Test
    void shouldPlaceBothBuffersOfADualcastAndItsContinuation() {
        DsaWork work = Works.of(Operation.DUALCAST, "from", "src", "into", "dst", "second", "two");

        Descriptor rest = Continuation.rest(prepare(work), stopped(4096, 0));

        assertEquals(0x1000_1000L, rest.source());
        assertEquals(0x2000_1000L, rest.destination());
        assertEquals(0x3000_1000L, rest.destination2());
        assertEquals(6000 - 4096, rest.size());
    }

    @Test
    void shouldGoOnWithAPatternWhereItStopped() {
        Descriptor fill =
                Descriptor.builder(Opcode.FILL)
                        .source(0x0807_0605_0403_0201L)
                        .destination(0x1003)
                        .size(8000)
                        .build();

        Descriptor rest = Continuation.rest(fill, stopped(4093, 0));

        assertEquals(0x0504_0302_0108_0706L, rest.source());
        assertEquals(0x2000, rest.destination());
    }

    @Test
    void shouldShortenABackwardMoveAtItsEnd() {
        Descriptor move =
                Descriptor.builder(Opcode.MEMORY_MOVE)
                        .source(0x1000)
                        .destination(0x1800)
                        .size(5000)
                        .build();

        Descriptor rest = Continuation.rest(move, stopped(1000, 1));

        assertEquals(0x1000, rest.source());
        assertEquals(0x1800, rest.destination());
        assertEquals(4000, rest.size());
    }

    @Test
    void shouldAskForWholeBlocksWithTheirTuples() {
        Descriptor insert = prepare(DsaWork.of(Operation.DIF_INSERT, "src", "dst"));
        Descriptor strip = prepare(DsaWork.of(Operation.DIF_STRIP, "src", "dst"));
        Descriptor check = prepare(DsaWork.of(Operation.DIF_CHECK, "src", null));
        Descriptor generate = prepare(DsaWork.of(Operation.DIX_GENERATE, "src", "dst"));

        assertEquals(11 * 512, insert.size());
        assertEquals(11 * 520, strip.size());
        assertEquals(17 * 520, check.size());
        assertEquals(17 * 512, generate.size());
    }

    @Test
    void shouldPutTagsWhereTheOperationLooksForThem() {
        var old = new DifWork.Tags(7L, 0xbeef, null, null, true);
        var next = new DifWork.Tags(9L, 1, 2, true, null);
        DifWork dif = new DifWork(new ByteSize(4096), true, true, old, next);

        Descriptor d = prepare(withDif(Operation.DIF_UPDATE, dif));
        Descriptor inserted =
                prepare(withDif(Operation.DIF_INSERT, new DifWork(null, null, null, next, null)));

        assertEquals(0xbeef_0000_0000_0007L, d.sourceTags());
        assertEquals(0x0001_0002_0000_0009L, d.destinationTags());
        assertEquals(0x10, d.sourceDifFlags());
        assertEquals(0x80, d.destinationDifFlags());
        assertEquals(0b1110, d.difFlags());
        assertEquals(0, inserted.sourceTags());
        assertEquals(0x0001_0002_0000_0009L, inserted.destinationTags());
    }

    @Test
    void shouldTakeTheSizeOfADeltaRecordFromTheOneThatWasMade() {
        DsaWork create = DsaWork.of(Operation.CREATE_DELTA, "src", "dst", "two");
        DsaWork apply = DsaWork.of(Operation.APPLY_DELTA, "src", "dst");

        Descriptor made = prepare(create);

        assertEquals(0x3000_0000L, made.destination());
        assertEquals(0x2000_0000L, made.deltaAddress());
        assertEquals(6000, made.deltaLimit());
        assertEquals(120, Preparation.prepare(apply, BUFFERS, 0, 120).build().deltaSize());
        assertThrows(IllegalArgumentException.class, () -> prepare(apply));
    }

    @Test
    void shouldRefuseKeysThatTheOperationHasNoUseFor() {
        DifWork dif = new DifWork(null, null, null, null, null);

        assertEquals(
                "dif",
                assertThrows(Require.Violation.class, () -> withDif(Operation.MEMMOVE, dif))
                        .component());
    }

    private static DsaWork withDif(Operation op, DifWork dif) {
        return Works.of(op, "from", "src", "into", "dst", "dif", dif);
    }

    private static CompletionRecord stopped(long bytes, int result) {
        return new CompletionRecord(Status.PAGE_FAULT, false, result, bytes, 0, 0, 0);
    }

    private static DsaWork move(ByteSize size, ByteSize fromOffset, ByteSize intoOffset) {
        return Works.of(
                Operation.MEMMOVE,
                "from",
                "src",
                "into",
                "dst",
                "size",
                size,
                "fromOffset",
                fromOffset,
                "intoOffset",
                intoOffset,
                "blockOnFault",
                false);
    }

    private static Descriptor prepare(DsaWork work) {
        return Preparation.prepare(work, BUFFERS, 0, 0).build();
    }
}
