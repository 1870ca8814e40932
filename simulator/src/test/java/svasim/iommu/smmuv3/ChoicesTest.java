package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;
import static svasim.iommu.smmuv3.SmmuUnderTest.VMID;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** What the architecture leaves to the unit: merging, hints, conflicts of cached entries. */
class ChoicesTest {
    private static final long CONTIGUOUS = 1L << 52;
    private static final int CONT_4 = 2;
    private static final long MERGE_PS = 50_000_000_000L;

    private static SmmuUnderTest unit(SmmuChoices choices) {
        return SmmuUnderTest.mapped(new SmmuUnderTest(SmmuConfig.defaults().withChoices(choices)));
    }

    private static SmmuUnderTest merging() {
        return unit(new SmmuChoices(new Picoseconds(MERGE_PS), null, null, null, null));
    }

    private static SmmuUnderTest hinted(boolean conflicts) {
        return unit(new SmmuChoices(null, null, true, conflicts, null));
    }

    private static TableWords entry() {
        return TableWords.stage1(CONTEXTS, 6);
    }

    @Test
    void shouldRecordEachFaultByDefault() {
        SmmuUnderTest unit = SmmuUnderTest.mapped();
        unit.stream(STREAM, entry().bit(1, 19, true));

        unit.read(VA + 0x1000);
        unit.read(VA + 0x1000);

        assertEquals(2, unit.events());
    }

    @Test
    void shouldMergeFaultsOfAPageWhereTheEntryAllowsIt() {
        SmmuUnderTest unit = merging();
        unit.stream(STREAM, entry().bit(1, 19, true));

        unit.read(VA + 0x1000);
        unit.read(VA + 0x1FF8);
        assertEquals(1, unit.events());
        assertEquals(1, unit.bench.counter("eventq.merged"));
        unit.read(VA + 0x2000);
        unit.write(STREAM, PASID, VA + 0x2000);
        assertEquals(3, unit.events());
    }

    @Test
    void shouldMergeWithoutLeaveOnlyWhatEveryUnitMay() {
        SmmuUnderTest unit = merging();

        unit.read(VA + 0x1000);
        unit.read(VA + 0x1000);
        assertEquals(2, unit.events());
        unit.read(0x100, NO_PASID, VA);
        unit.read(0x100, NO_PASID, VA);

        assertEquals(3, unit.events());
    }

    @Test
    void shouldNotMergeWithWhatSoftwareHasRead() {
        SmmuUnderTest unit = merging();
        unit.stream(STREAM, entry().bit(1, 19, true));
        unit.read(VA + 0x1000);
        unit.write(RegisterOffset.EVENTQ_CONS, 1);

        unit.read(VA + 0x1000);

        assertEquals(2, unit.events());
    }

    @Test
    void shouldNotMergeWithWhatIsLongAgo() {
        SmmuUnderTest unit = merging();
        unit.stream(STREAM, entry().bit(1, 19, true));
        unit.read(VA + 0x1000);
        unit.kernel.after(MERGE_PS, (now, kind, data) -> {}, 0, 0);
        unit.kernel.run(unit.kernel.nowPs() + MERGE_PS, Long.MAX_VALUE);

        unit.read(VA + 0x1000);

        assertEquals(2, unit.events());
    }

    @Test
    void shouldNeverMergeStalls() {
        SmmuUnderTest unit = merging();
        unit.stream(STREAM, entry().bit(1, 19, true));
        TableWords context = TableWords.context(unit.stage1Of(PASID).root(), ASID);
        unit.context(CONTEXTS, PASID, context.bit(0, 44, true));

        unit.read(VA + 0x1000);
        unit.read(VA + 0x1000);

        assertEquals(2, unit.events());
    }

    private static void markContiguous(SmmuUnderTest unit) {
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) | CONTIGUOUS);
    }

    @Test
    void shouldKeepAContiguousGroupAsOneEntry() {
        SmmuUnderTest unit = hinted(false);
        markContiguous(unit);
        unit.read(VA);
        long walks = unit.bench.counter("walk.count");

        assertEquals(PA + 0x1234, unit.read(VA + 0x1234).address());
        assertEquals(walks, unit.bench.counter("walk.count"));
        assertFalse(unit.read(VA + 0x9000).translated(), "the next group");
    }

    @Test
    void shouldRemoveAContiguousGroupByAnyOfItsPages() {
        SmmuUnderTest unit = hinted(false);
        markContiguous(unit);
        unit.read(VA);

        long page = Opcode.TLBI_NH_VA.code() | (long) VMID << 32 | (long) ASID << 48;
        unit.command(page, VA + 0x3000 | 1);

        assertFalse(unit.read(VA + 0x1000).translated());
    }

    @Test
    void shouldNotBelieveAGroupThatLiesAskew() {
        SmmuUnderTest unit = hinted(false);
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA, Access.READ);
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA + 0x1000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) | CONTIGUOUS);

        assertEquals(PA, unit.read(VA + 0x1000).address());
        assertFalse(unit.read(VA + 0x2000).translated());
    }

    @Test
    void shouldIgnoreTheContiguousBitByDefault() {
        SmmuUnderTest unit = SmmuUnderTest.mapped();
        markContiguous(unit);
        unit.read(VA);

        assertFalse(unit.read(VA + 0x1000).translated());
    }

    @Test
    void shouldKeepEntriesThatAreAlikeAsOne() {
        SmmuUnderTest unit = hinted(false);
        unit.stream(STREAM - 1, TableWords.bypass().with(1, 16, 13, CONT_4));
        unit.read(STREAM - 1, NO_PASID, VA);

        assertEquals(VA, unit.read(STREAM, NO_PASID, VA).address());
        unit.command(Opcode.CFGI_STE.code() | (long) STREAM << 32, 1);
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldIgnoreContByDefault() {
        SmmuUnderTest unit = SmmuUnderTest.mapped();
        unit.stream(STREAM - 1, TableWords.bypass().with(1, 16, 13, CONT_4));
        unit.read(STREAM - 1, NO_PASID, VA);

        assertEquals(PA, unit.read(VA).address());
    }

    /** Caches an entry of a stream, then one that claims to stand for it too. */
    private static SmmuUnderTest conflictingStreams(boolean reported) {
        SmmuUnderTest unit = hinted(reported);
        unit.read(VA);
        unit.stream(STREAM - 1, TableWords.bypass().with(1, 16, 13, CONT_4));
        unit.read(STREAM - 1, NO_PASID, VA);
        return unit;
    }

    @Provokes(
            value = {"F_CFG_CONFLICT"},
            seen = Event.class)
    @Test
    void shouldReportEntriesThatContradictEachOther() {
        SmmuUnderTest unit = conflictingStreams(true);

        assertEquals(Terminations.ABORT, unit.read(VA).status());
        assertEquals(Event.F_CFG_CONFLICT.code(), unit.lastEvent());
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldUseTheSmallestEntryWhereConflictsAreNotReported() {
        assertEquals(PA, conflictingStreams(false).read(VA).address());
    }

    /** Caches a page, then a group of pages around it that was made without breaking it first. */
    private static SmmuUnderTest conflictingPages() {
        SmmuUnderTest unit = hinted(true);
        unit.read(VA);
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA + 0x1000, Access.READ);
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA + 0x1000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) | CONTIGUOUS);
        unit.read(VA + 0x1000);
        return unit;
    }

    @Provokes(
            value = {"F_TLB_CONFLICT"},
            seen = Event.class)
    @Test
    void shouldReportTranslationsThatOverlap() {
        SmmuUnderTest unit = conflictingPages();

        assertEquals(Terminations.ABORT, unit.read(VA + 8).status());
        assertEquals(Event.F_TLB_CONFLICT.code(), unit.lastEvent());
        assertEquals(VA + 8, unit.eventWord(0, 2));
        assertEquals(1L << 35, unit.eventWord(0, 1), "RnW");
        assertEquals(PA + 0x1000, unit.read(VA + 0x1000).address(), "no overlap here");
    }

    @Test
    void shouldAbortTranslationRequestsForConflicts() {
        SmmuUnderTest unit = conflictingPages();

        var completion = unit.translationRequest(PASID, VA, Access.READ);

        assertEquals(CompletionStatus.COMPLETER_ABORT, completion.status());
        assertEquals(Event.F_TLB_CONFLICT.code(), unit.lastEvent());
    }

    private static void requestPage(SmmuUnderTest unit, PasidPrefix prefix) {
        unit.smmu.receive(
                new Tlp.PageRequest(STREAM, VA, 3, true, false, true, prefix), unit.kernel.nowPs());
        unit.bench.settle();
    }

    private static SmmuUnderTest withoutPri(boolean hints) {
        SmmuConfig config =
                SmmuConfig.defaults()
                        .withFeatures(Map.of("IDR0.PRI", 0L))
                        .withChoices(new SmmuChoices(null, null, null, null, hints));
        return SmmuUnderTest.mapped(new SmmuUnderTest(config));
    }

    @Provokes("E_PAGE_REQUEST")
    @Test
    void shouldTellPageRequestsAsHintsWhereThereIsNoQueueForThem() {
        SmmuUnderTest unit = withoutPri(true);

        requestPage(unit, new PasidPrefix(PASID));

        assertEquals(
                Event.E_PAGE_REQUEST.code() | 1 << 11 | PASID << 12, (int) unit.eventWord(0, 0));
        assertEquals(1L << 44 | 1L << 35, unit.eventWord(0, 1), "one page, uR");
        assertEquals(VA, unit.eventWord(0, 2));
        assertEquals(
                Tlp.PageGroupResponse.RESPONSE_FAILURE,
                ((Tlp.PageGroupResponse) unit.sent.get(0)).code());
    }

    @Test
    void shouldTellPrivilegedHintsApart() {
        SmmuUnderTest unit = withoutPri(true);

        requestPage(unit, new PasidPrefix(PASID, true, true));

        assertEquals(1L << 44 | 1L << 38 | 1L << 37, unit.eventWord(0, 1), "pR, pX");
    }

    @Test
    void shouldTellNoHintsByDefault() {
        SmmuUnderTest unit = withoutPri(false);

        requestPage(unit, new PasidPrefix(PASID));

        assertEquals(0, unit.events());
    }
}
