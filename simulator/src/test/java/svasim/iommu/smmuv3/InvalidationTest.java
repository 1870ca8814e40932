package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;
import static svasim.iommu.smmuv3.SmmuUnderTest.VMID;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.Stage;

/** What each command removes from the caches, and what it leaves. */
class InvalidationTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long NEW = 0x9_8765_4000L;
    private static final long LEAF = 1;

    private final SmmuUnderTest unit = SmmuUnderTest.mapped();

    private static long tlb(Opcode opcode, int vmid, int asid) {
        return opcode.code() | (long) vmid << 32 | (long) asid << 48;
    }

    private static long stream(Opcode opcode, int streamId, int substream) {
        return opcode.code() | 1 << 11 | (long) substream << 12 | (long) streamId << 32;
    }

    /** The page was used and then mapped elsewhere. */
    private void moved() {
        assertEquals(PA, unit.read(VA).address());
        moveTo(NEW);
        assertEquals(PA, unit.read(VA).address(), "still cached");
    }

    private void moveTo(long page) {
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & 0xFFF | page);
    }

    private void run(long w0, long w1) {
        unit.command(w0, w1);
        unit.sync();
    }

    private void assertRemoved(long w0, long w1) {
        moved();
        run(w0, w1);
        assertEquals(NEW, unit.read(VA).address());
    }

    private void assertKept(long w0, long w1) {
        moved();
        run(w0, w1);
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldRemoveByPage() {
        assertRemoved(tlb(Opcode.TLBI_NH_VA, VMID, ASID), VA | LEAF);
    }

    @Test
    void shouldRemoveByPageOfEveryAsid() {
        assertRemoved(tlb(Opcode.TLBI_NH_VAA, VMID, 0), VA);
    }

    @Test
    void shouldRemoveByAsid() {
        assertRemoved(tlb(Opcode.TLBI_NH_ASID, VMID, ASID), 0);
    }

    @Test
    void shouldRemoveByVmid() {
        assertRemoved(tlb(Opcode.TLBI_NH_ALL, VMID, 0), 0);
    }

    @Test
    void shouldRemoveBothStagesByVmid() {
        assertRemoved(tlb(Opcode.TLBI_S12_VMALL, VMID, 0), 0);
    }

    @Test
    void shouldRemoveEverything() {
        assertRemoved(Opcode.TLBI_NSNH_ALL.code(), 0);
    }

    @Test
    void shouldRemoveByRange() {
        long eightPages = tlb(Opcode.TLBI_NH_VA, VMID, ASID) | 7 << 12;
        assertRemoved(eightPages, VA - 0x7000 | 1 << 10 | 3 << 8);
    }

    @Test
    void shouldKeepWhatLiesBehindTheRange() {
        long sevenPages = tlb(Opcode.TLBI_NH_VA, VMID, ASID) | 6 << 12;
        assertKept(sevenPages, VA - 0x7000 | 1 << 10 | 3 << 8);
    }

    @Test
    void shouldKeepOtherPages() {
        assertKept(tlb(Opcode.TLBI_NH_VA, VMID, ASID), VA + 0x1000);
    }

    @Test
    void shouldKeepOtherAsids() {
        assertKept(tlb(Opcode.TLBI_NH_VA, VMID, ASID + 1), VA);
    }

    @Test
    void shouldKeepOtherAsidsWhole() {
        assertKept(tlb(Opcode.TLBI_NH_ASID, VMID, ASID + 1), 0);
    }

    @Test
    void shouldKeepOtherVmids() {
        assertKept(tlb(Opcode.TLBI_NH_ALL, VMID + 1, 0), 0);
    }

    @Test
    void shouldKeepOtherWorlds() {
        assertKept(Opcode.TLBI_EL2_ALL.code(), 0);
    }

    @Test
    void shouldKeepStage1EntriesWhenStage2IsInvalidated() {
        assertKept(tlb(Opcode.TLBI_S2_IPA, VMID, 0), VA);
    }

    @Test
    void shouldKeepTranslationsWhenConfigurationIsInvalidated() {
        assertKept(Opcode.CFGI_STE_RANGE.code(), 31);
    }

    @Test
    void shouldMatchVmidsByWildcard() {
        unit.write(RegisterOffset.CR0, 0x1F | 1 << 6);
        assertRemoved(tlb(Opcode.TLBI_NH_ALL, VMID ^ 1, 0), 0);
    }

    @Test
    void shouldServeGlobalPagesToEveryAsidAndRemoveThemByPageOnly() {
        long leaf = unit.leafAddress(unit.stage1Of(PASID), VA);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~(1L << 11));
        unit.context(
                CONTEXTS, PASID + 1, TableWords.context(unit.stage1Of(PASID).root(), ASID + 1));
        moved();

        run(tlb(Opcode.TLBI_NH_ASID, VMID, ASID), 0);
        assertEquals(PA, unit.read(STREAM, PASID + 1, VA).address(), "global");

        run(tlb(Opcode.TLBI_NH_VA, VMID, ASID + 2), VA | LEAF);
        assertEquals(NEW, unit.read(VA).address());
    }

    @Test
    void shouldKeepTablesWhenOnlyLeavesAreInvalidated() {
        unit.read(VA);
        Stage stage = unit.stage1Of(PASID);
        unit.memory.writeLong(stage.root() + 0xFE * 8, 0);

        run(tlb(Opcode.TLBI_NH_VA, VMID, ASID), VA | LEAF);
        assertEquals(PA, unit.read(VA).address(), "found through a cached table");

        run(tlb(Opcode.TLBI_NH_VA, VMID, ASID), VA);
        assertEquals(Event.F_TRANSLATION.code(), unit.read(VA).code());
    }

    @Test
    void shouldRemoveIntermediateAddressesOfStage2() {
        Stage second = SmmuUnderTest.stage2(unit.newTable());
        unit.map(second, 0x5000, PA, READ_WRITE);
        unit.stream(0x20, TableWords.stage2(second.root()));
        assertEquals(PA, unit.read(0x20, NO_PASID, 0x5000).address());
        long leaf = unit.leafAddress(second, 0x5000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & 0xFFF | NEW);

        run(tlb(Opcode.TLBI_NH_ALL, VMID, 0), 0);
        assertEquals(PA, unit.read(0x20, NO_PASID, 0x5000).address(), "not of stage 1");

        run(tlb(Opcode.TLBI_S2_IPA, VMID, 0), 0x5000);
        assertEquals(NEW, unit.read(0x20, NO_PASID, 0x5000).address());
    }

    private void assertContextRemoved(long w0, long w1, boolean removed) {
        unit.read(VA);
        unit.context(CONTEXTS, PASID, new TableWords(0, 0, 0, 0));
        run(w0, w1);
        run(Opcode.TLBI_NSNH_ALL.code(), 0);

        int expected = removed ? Event.C_BAD_CD.code() : UnitBench.NO_CODE;
        assertEquals(expected, unit.read(VA).code());
    }

    @Test
    void shouldRemoveOneContext() {
        assertContextRemoved(stream(Opcode.CFGI_CD, STREAM, PASID), LEAF, true);
    }

    @Test
    void shouldRemoveAllContextsOfAStream() {
        assertContextRemoved(stream(Opcode.CFGI_CD_ALL, STREAM, 0), 0, true);
    }

    @Test
    void shouldRemoveContextsWithTheirStream() {
        assertContextRemoved(stream(Opcode.CFGI_STE, STREAM, 0), LEAF, true);
    }

    @Test
    void shouldKeepContextsOfOtherSubstreamsAndStreams() {
        assertContextRemoved(stream(Opcode.CFGI_CD, STREAM, PASID + 1), 0, false);
        run(stream(Opcode.CFGI_CD_ALL, STREAM + 1, 0), 0);
        run(stream(Opcode.CFGI_STE, STREAM + 1, 0), 0);
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldKeepContextsWhenTranslationsAreInvalidated() {
        assertContextRemoved(Opcode.TLBI_NSNH_ALL.code(), 0, false);
    }

    private void assertStreamRemoved(long w0, long w1, boolean removed) {
        unit.read(VA);
        unit.stream(STREAM, new TableWords(0, 0, 0, 0));
        run(w0, w1);

        int expected = removed ? Event.C_BAD_STE.code() : UnitBench.NO_CODE;
        assertEquals(expected, unit.read(VA).code());
    }

    @Test
    void shouldRemoveOneStream() {
        assertStreamRemoved(stream(Opcode.CFGI_STE, STREAM, 0), LEAF, true);
    }

    @Test
    void shouldRemoveARangeOfStreams() {
        assertStreamRemoved(stream(Opcode.CFGI_STE_RANGE, STREAM ^ 7, 0), 2, true);
    }

    @Test
    void shouldKeepStreamsOutsideTheRange() {
        assertStreamRemoved(stream(Opcode.CFGI_STE_RANGE, STREAM ^ 8, 0), 2, false);
    }

    @Test
    void shouldRemoveAllStreams() {
        assertStreamRemoved(Opcode.CFGI_STE_RANGE.code(), 31, true);
    }
}
