package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;

/** Transactions that fault and wait for software. */
class StallTest {
    private static final long ABSENT = VA + 0x1000;
    private static final long RETRY = 1 << 12;
    private static final long ABORT = 1 << 13;

    private SmmuUnderTest unit = stalling(Map.of());

    private static SmmuUnderTest stalling(Map<String, Long> features) {
        return stalling(SmmuConfig.defaults().withFeatures(features));
    }

    private static SmmuUnderTest merging() {
        return stalling(
                SmmuConfig.defaults().withChoices(new SmmuChoices(null, true, null, null, null)));
    }

    private static SmmuUnderTest stalling(SmmuConfig config) {
        SmmuUnderTest unit = SmmuUnderTest.mapped(new SmmuUnderTest(config));
        long root = unit.stage1Of(PASID).root();
        unit.context(CONTEXTS, PASID, TableWords.context(root, ASID).bit(0, 44, true));
        return unit;
    }

    private int start(long address) {
        int token = unit.bench.start(STREAM, PASID, address, Access.READ);
        unit.bench.settle();
        return token;
    }

    private UnitBench.Outcome outcome(int token) {
        return unit.bench.outcome(token);
    }

    private void resume(int streamId, int tag, long how) {
        unit.command(Opcode.RESUME.code() | how | (long) streamId << 32, tag);
    }

    private boolean stalled(int event) {
        return (unit.eventWord(event, 1) & 1L << 31) != 0;
    }

    private int tagOf(int event) {
        return (int) unit.eventWord(event, 1) & 0xFFFF;
    }

    @Test
    void shouldHoldTheTransactionAndTellSoftware() {
        int token = start(ABSENT);

        assertTrue(outcome(token).pending());
        assertEquals(Event.F_TRANSLATION.code(), unit.lastEvent());
        assertTrue(stalled(0));
        assertTrue(unit.smmu.waitingFor().contains("1 stalled"));
    }

    @Test
    void shouldTryAgainWhenResumed() {
        int token = start(ABSENT);
        unit.map(unit.stage1Of(PASID), ABSENT, PA, Access.READ);

        resume(STREAM, tagOf(0), RETRY);

        assertEquals(PA, outcome(token).address());
        assertEquals(1, unit.events());
    }

    @Test
    void shouldStallAgainWhenNothingHasChanged() {
        int token = start(ABSENT);

        resume(STREAM, tagOf(0), RETRY);

        assertTrue(outcome(token).pending());
        assertEquals(2, unit.events());
    }

    @Test
    void shouldAbortWhenSoftwareSaysSo() {
        int token = start(ABSENT);

        resume(STREAM, tagOf(0), ABORT);

        assertEquals(Terminations.ABORT, outcome(token).status());
    }

    @Test
    void shouldReadZeroWhenSoftwareSaysSo() {
        int token = start(ABSENT);

        resume(STREAM, tagOf(0), 0);

        assertEquals(CompletionStatus.SUCCESS, outcome(token).status());
    }

    @Test
    void shouldAbortInsteadWhereOnlyAbortsExist() {
        unit = stalling(Map.of("IDR0.TERM_MODEL", 1L));
        int token = start(ABSENT);

        resume(STREAM, tagOf(0), 0);

        assertEquals(Terminations.ABORT, outcome(token).status());
    }

    @Test
    void shouldIgnoreUnknownPairsOfStreamAndTag() {
        int token = start(ABSENT);

        resume(STREAM, tagOf(0) + 1, ABORT);
        resume(STREAM + 1, tagOf(0), ABORT);

        assertTrue(outcome(token).pending());
    }

    @Test
    void shouldGiveEachStallATagOfItsOwn() {
        int first = start(ABSENT);
        int second = start(ABSENT + 0x1000);

        assertEquals(1, Math.abs(tagOf(1) - tagOf(0)));
        resume(STREAM, tagOf(1), ABORT);
        assertTrue(outcome(first).pending());
        assertEquals(Terminations.ABORT, outcome(second).status());
    }

    @Test
    void shouldTerminateEveryTransactionOfAStream() {
        int first = start(ABSENT);
        int second = start(ABSENT + 0x1000);

        unit.command(Opcode.STALL_TERM.code() | (long) (STREAM + 1) << 32, 0);
        assertTrue(outcome(first).pending());
        unit.command(Opcode.STALL_TERM.code() | (long) STREAM << 32, 0);

        assertEquals(Terminations.ABORT, outcome(first).status());
        assertEquals(Terminations.ABORT, outcome(second).status());
        assertEquals("", unit.smmu.waitingFor());
    }

    @Test
    void shouldTerminateTransactionsThatHaveNoEventYet() {
        for (int i = 0; i < 8; i++) {
            start(ABSENT + 0x1000L * i);
        }
        int ninth = start(ABSENT + 0x8000);

        unit.command(Opcode.STALL_TERM.code() | (long) STREAM << 32, 0);

        assertEquals(Terminations.ABORT, outcome(ninth).status());
        assertEquals(8, unit.events());
        assertEquals("", unit.smmu.waitingFor());
    }

    @Test
    void shouldAbortEverythingWhenTranslationIsSwitchedOff() {
        int token = start(ABSENT);

        unit.write(RegisterOffset.CR0, 0x1E);

        assertEquals(Terminations.ABORT, outcome(token).status());
    }

    @Test
    void shouldWaitForRoomInTheEventQueueWithoutOverflow() {
        for (int i = 0; i < 8; i++) {
            start(ABSENT + 0x1000L * i);
        }
        int ninth = start(ABSENT + 0x8000);
        assertTrue(outcome(ninth).pending());
        assertEquals(8, unit.register(RegisterOffset.EVENTQ_PROD));

        unit.write(RegisterOffset.EVENTQ_CONS, 1);

        assertEquals(9, unit.register(RegisterOffset.EVENTQ_PROD));
        assertEquals(8, tagOf(0));
    }

    @Test
    void shouldSucceedIfThePageIsThereWhenRoomComes() {
        for (int i = 0; i < 8; i++) {
            start(ABSENT + 0x1000L * i);
        }
        int ninth = start(ABSENT + 0x8000);
        unit.map(unit.stage1Of(PASID), ABSENT + 0x8000, PA, Access.READ);

        unit.write(RegisterOffset.EVENTQ_CONS, 1);

        assertEquals(PA, outcome(ninth).address());
        assertEquals(8, unit.register(RegisterOffset.EVENTQ_PROD));
    }

    @Test
    void shouldHaveNoMoreStallsThanTags() {
        unit = stalling(Map.of("IDR5.STALL_MAX", 2L));
        start(ABSENT);
        start(ABSENT + 0x1000);
        int third = start(ABSENT + 0x2000);
        assertEquals(2, unit.events());

        resume(STREAM, tagOf(0), ABORT);

        assertEquals(3, unit.events());
        assertTrue(outcome(third).pending());
    }

    @Test
    void shouldNotStallTranslationRequests() {
        var completion = unit.translationRequest(PASID, ABSENT, Access.READ);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldTellOnceOfAPageThatSeveralWaitForWhereItMerges() {
        unit = merging();
        int first = start(ABSENT);
        int second = start(ABSENT + 0x100);
        unit.map(unit.stage1Of(PASID), ABSENT, PA, Access.READ);

        assertEquals(1, unit.events());
        resume(STREAM, tagOf(0), RETRY);

        assertEquals(PA, outcome(first).address());
        assertEquals(PA + 0x100, outcome(second).address());
        assertEquals(1, unit.events());
    }

    @Test
    void shouldTryFollowersAgainWhenTheFirstIsAborted() {
        unit = merging();
        int first = start(ABSENT);
        int second = start(ABSENT + 0x100);

        resume(STREAM, tagOf(0), ABORT);

        assertEquals(Terminations.ABORT, outcome(first).status());
        assertTrue(outcome(second).pending());
        assertEquals(2, unit.events(), "the second has an event of its own now");
    }

    @Test
    void shouldTerminateFollowersWithTheirStream() {
        unit = merging();
        int first = start(ABSENT);
        int second = start(ABSENT + 0x100);

        unit.command(Opcode.STALL_TERM.code() | (long) STREAM << 32, 0);

        assertEquals(Terminations.ABORT, outcome(first).status());
        assertEquals(Terminations.ABORT, outcome(second).status());
    }

    @Test
    void shouldTellOfOtherPagesAndOtherKindsOfAccessThemselves() {
        unit = merging();
        start(ABSENT);
        start(ABSENT + 0x1000);
        unit.bench.start(STREAM, PASID, ABSENT, Access.WRITE);
        unit.bench.settle();

        assertEquals(3, unit.events());
    }
}
