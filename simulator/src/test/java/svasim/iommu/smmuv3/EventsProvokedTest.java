package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.MEMORY_END;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.CompletionStatus;

/** Every event that is modelled, provoked by a memory request. */
class EventsProvokedTest {
    private static final int READ = Access.READ;
    private static final int WRITE = Access.WRITE;

    private final SmmuUnderTest unit = SmmuUnderTest.mapped();
    private final TableWords context = TableWords.context(unit.stage1Of(PASID).root(), ASID);

    private void assertRecorded(Event event, UnitBench.Outcome outcome) {
        assertEquals(event.code(), outcome.code());
        assertEquals(Terminations.ABORT, outcome.status());
        assertEquals(1, unit.events());
        assertEquals(event.code(), unit.lastEvent());
        assertEquals(STREAM, (int) (unit.eventWord(0, 0) >>> 32));
    }

    private void assertSilent(Event event, UnitBench.Outcome outcome) {
        assertFalse(outcome.translated());
        assertEquals(event.code(), outcome.code());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldTranslateBeforeAnythingIsBroken() {
        assertEquals(PA + 0x123, unit.read(VA + 0x123).address());
        assertEquals(0, unit.events());
    }

    @Provokes(
            value = {"F_UUT"},
            seen = Event.class)
    @Test
    void shouldRefuseReservedAddressTypes() {
        var request = UnitBench.request(STREAM, PASID, VA, READ, AddressType.RESERVED);
        int token = unit.bench.send(request);
        unit.bench.settle();

        assertRecorded(Event.F_UUT, unit.bench.outcome(token));
    }

    @Provokes(
            value = {"C_BAD_STREAMID"},
            seen = Event.class)
    @Test
    void shouldRecordStreamOutOfRangeOnRequestOnly() {
        assertEquals(Event.C_BAD_STREAMID.code(), unit.read(0x100, NO_PASID, VA).code());
        assertEquals(Event.C_BAD_STREAMID.code(), unit.lastEvent());

        unit.write(RegisterOffset.CR0, 0x1E);
        unit.write(RegisterOffset.CR2, 0);
        unit.write(RegisterOffset.CR0, 0x1F);

        assertEquals(Event.C_BAD_STREAMID.code(), unit.read(0x100, NO_PASID, VA).code());
        assertEquals(1, unit.events());
    }

    @Provokes(
            value = {"F_STE_FETCH"},
            seen = Event.class)
    @Test
    void shouldRecordStreamTableThatCannotBeRead() {
        unit.write(RegisterOffset.CR0, 0x1E);
        unit.write64(RegisterOffset.STRTAB_BASE, MEMORY_END);
        unit.write(RegisterOffset.CR0, 0x1F);

        assertRecorded(Event.F_STE_FETCH, unit.read(VA));
        assertEquals(MEMORY_END + 64L * STREAM, unit.eventWord(0, 3));
    }

    @Provokes(
            value = {"C_BAD_STE"},
            seen = Event.class)
    @Test
    void shouldRecordBadEntry() {
        unit.stream(STREAM, TableWords.bypass().bit(0, 0, false));

        assertRecorded(Event.C_BAD_STE, unit.read(VA));
    }

    @Test
    void shouldAbortWithoutEventWhereTheEntrySaysSo() {
        unit.stream(STREAM, TableWords.bypass().with(0, 3, 1, 0));

        assertSilent(Event.NONE, unit.read(VA));
    }

    @Provokes(
            value = {"C_BAD_SUBSTREAMID"},
            seen = Event.class)
    @Test
    void shouldRefuseSubstreamsWithoutStage1() {
        unit.stream(STREAM, TableWords.bypass());

        assertRecorded(Event.C_BAD_SUBSTREAMID, unit.read(VA));
    }

    @Provokes(
            value = {"C_BAD_SUBSTREAMID"},
            seen = Event.class)
    @Test
    void shouldRefuseSubstreamBeyondTheTable() {
        assertRecorded(Event.C_BAD_SUBSTREAMID, unit.read(STREAM, 64, VA));
    }

    @Test
    void shouldRefuseSubstreamOfAnEmptyLeaf() {
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 10).with(0, 5, 4, 1));

        assertRecorded(Event.C_BAD_SUBSTREAMID, unit.read(VA));
    }

    @Provokes(
            value = {"F_STREAM_DISABLED"},
            seen = Event.class)
    @Test
    void shouldRefuseTrafficWithoutSubstreamWhereTheEntrySaysSo() {
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6).with(1, 1, 0, 0));

        assertRecorded(Event.F_STREAM_DISABLED, unit.read(STREAM, NO_PASID, VA));
    }

    @Provokes(
            value = {"F_STREAM_DISABLED"},
            seen = Event.class)
    @Test
    void shouldReserveSubstream0WhereTrafficWithoutSubstreamUsesIt() {
        assertRecorded(Event.F_STREAM_DISABLED, unit.read(STREAM, 0, VA));
    }

    @Provokes(
            value = {"F_CD_FETCH"},
            seen = Event.class)
    @Test
    void shouldRecordContextThatCannotBeRead() {
        unit.stream(STREAM, TableWords.stage1(MEMORY_END, 6));

        assertRecorded(Event.F_CD_FETCH, unit.read(VA));
        assertEquals(MEMORY_END + 64L * PASID, unit.eventWord(0, 3));
    }

    @Provokes(
            value = {"C_BAD_CD"},
            seen = Event.class)
    @Test
    void shouldRecordBadContext() {
        unit.context(CONTEXTS, PASID, context.bit(0, 31, false));

        assertRecorded(Event.C_BAD_CD, unit.read(VA));
    }

    @Provokes(
            value = {"F_WALK_EABT"},
            seen = Event.class)
    @Test
    void shouldRecordTablesThatCannotBeRead() {
        unit.context(CONTEXTS, PASID, TableWords.context(MEMORY_END, ASID));

        assertRecorded(Event.F_WALK_EABT, unit.read(VA));
        assertEquals(Fault.CLASS_TABLE, (int) (unit.eventWord(0, 1) >>> 40 & 3));
        assertEquals(MEMORY_END + 0xFE * 8, unit.eventWord(0, 3));
    }

    @Provokes(
            value = {"F_TRANSLATION"},
            seen = Event.class)
    @Test
    void shouldRecordUnmappedAddress() {
        assertRecorded(Event.F_TRANSLATION, unit.read(VA + 0x1000));
        assertEquals(VA + 0x1000, unit.eventWord(0, 2));
    }

    @Test
    void shouldRecordAddressOfADisabledHalf() {
        assertRecorded(Event.F_TRANSLATION, unit.read(VA | 0xFFFFL << 48));
    }

    @Test
    void shouldRecordAddressOutsideTheRegion() {
        assertRecorded(Event.F_TRANSLATION, unit.read(VA | 1L << 48));
    }

    @Test
    void shouldIgnoreTopByteWhereTheContextSaysSo() {
        unit.context(CONTEXTS, PASID, context.bit(0, 38, true));

        assertEquals(PA, unit.read(VA | 0xA5L << 56).address());
        assertEquals(PA, unit.read(VA | 0x5AL << 56).address());
    }

    @Provokes(
            value = {"F_ADDR_SIZE"},
            seen = Event.class)
    @Test
    void shouldRecordOutputBeyondTheContextsSize() {
        unit.context(CONTEXTS, PASID, context.with(0, 34, 32, 0));

        assertRecorded(Event.F_ADDR_SIZE, unit.read(VA));
    }

    @Test
    void shouldRecordBypassedAddressBeyondTheUnitsSize() {
        unit.stream(STREAM, TableWords.bypass());

        assertEquals(1L << 47, unit.read(STREAM, NO_PASID, 1L << 47).address());
        assertRecorded(Event.F_ADDR_SIZE, unit.read(STREAM, NO_PASID, 1L << 48));
    }

    @Provokes(
            value = {"F_ACCESS"},
            seen = Event.class)
    @Test
    void shouldRecordClearAccessFlag() {
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~(1L << 10));

        assertRecorded(Event.F_ACCESS, unit.read(VA));
    }

    @Provokes(
            value = {"F_PERMISSION"},
            seen = Event.class)
    @Test
    void shouldRecordWriteToReadOnlyPage() {
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA, READ);

        assertEquals(PA, unit.read(VA + 0x1000).address());
        assertRecorded(Event.F_PERMISSION, unit.write(STREAM, PASID, VA + 0x1000));
    }

    @Test
    void shouldReportPermissionBehindAccessFlag() {
        unit.map(unit.stage1Of(PASID), VA + 0x1000, PA, READ);
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA + 0x1000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~(1L << 10));

        assertRecorded(Event.F_ACCESS, unit.write(STREAM, PASID, VA + 0x1000));
    }

    @Provokes(
            value = {"F_TRANSL_FORBIDDEN"},
            seen = Event.class)
    @Test
    void shouldForbidTranslatedTrafficOfAStreamWithoutAts() {
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6).with(1, 29, 28, 0));

        assertRecorded(Event.F_TRANSL_FORBIDDEN, unit.translated(STREAM, PA, WRITE));
    }

    @Test
    void shouldReadZeroWhereTheContextDoesNotAbort() {
        unit.context(CONTEXTS, PASID, context.bit(0, 46, false).bit(0, 45, false));

        UnitBench.Outcome outcome = unit.read(VA + 0x1000);

        assertEquals(CompletionStatus.SUCCESS, outcome.status());
        assertSilent(Event.F_TRANSLATION, outcome);
    }

    @Test
    void shouldAbortSilentlyWhereTheContextDoesNotRecord() {
        unit.context(CONTEXTS, PASID, context.bit(0, 45, false));

        UnitBench.Outcome outcome = unit.read(VA + 0x1000);

        assertEquals(Terminations.ABORT, outcome.status());
        assertSilent(Event.F_TRANSLATION, outcome);
    }

    @Test
    void shouldLoseEventsWithoutOverflowWhileTheQueueIsOff() {
        unit.write(RegisterOffset.CR0, 0x1B);

        assertEquals(Event.F_TRANSLATION.code(), unit.read(VA + 0x1000).code());
        assertEquals(0, unit.register(RegisterOffset.EVENTQ_PROD));
    }
}
