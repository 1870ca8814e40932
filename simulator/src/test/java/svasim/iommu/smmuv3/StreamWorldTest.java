package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** Privilege, halves and tags of the stream worlds; overrides of attributes. */
class StreamWorldTest {
    private static final int READ = Access.READ;
    private static final long HIGH = 0xFFFF_8000_0000_0000L;

    private final SmmuUnderTest unit = new SmmuUnderTest();
    private final long root = unit.newTable();
    private final long highRoot = unit.newTable();

    private void stream(TableWords entry, long cr2) {
        TableWords context = TableWords.context(root, ASID).highHalf(highRoot);
        unit.map(SmmuUnderTest.stage1(root), VA, PA, READ | Access.WRITE);
        unit.map(SmmuUnderTest.stage1(highRoot), HIGH & -1L >>> 16, PA + 0x1000, READ);
        unit.stream(STREAM, entry).context(CONTEXTS, PASID, context).enabled(cr2);
    }

    private static TableWords entry(int strw) {
        return TableWords.stage1(CONTEXTS, 6).with(1, 31, 30, strw);
    }

    @Test
    void shouldSelectTheHalfByBit55() {
        stream(entry(0), 0);

        assertEquals(PA, unit.read(VA).address());
        assertEquals(PA + 0x1000, unit.read(HIGH).address());
    }

    @Test
    void shouldKnowOneHalfOnlyInTheHypervisorsWorld() {
        stream(entry(StreamTableEntry.WORLD_EL2), 0);

        assertEquals(PA, unit.read(VA).address());
        assertEquals(Event.F_TRANSLATION.code(), unit.read(HIGH).code());
    }

    @Test
    void shouldKnowBothHalvesInTheHostsWorld() {
        stream(entry(StreamTableEntry.WORLD_EL2), Cr2.E2H);

        assertEquals(PA + 0x1000, unit.read(HIGH).address());
    }

    @Test
    void shouldTagWorldsApart() {
        stream(entry(StreamTableEntry.WORLD_EL2), 0);
        unit.read(VA);
        unit.memory.writeLong(unit.leafAddress(SmmuUnderTest.stage1(root), VA), 0);

        unit.command(Opcode.TLBI_NSNH_ALL.code(), 0);
        assertEquals(PA, unit.read(VA).address());
        unit.command(Opcode.TLBI_EL2_VA.code(), VA);
        assertFalse(unit.read(VA).translated());
    }

    @Test
    void shouldIgnoreAsidsInTheHypervisorsWorld() {
        stream(entry(StreamTableEntry.WORLD_EL2), 0);
        unit.read(VA);
        unit.memory.writeLong(unit.leafAddress(SmmuUnderTest.stage1(root), VA), 0);

        unit.command(Opcode.TLBI_EL2_ASID.code() | 0x77L << 48, 0);

        assertFalse(unit.read(VA).translated());
    }

    @Test
    void shouldMatchAsidsInTheHostsWorld() {
        stream(entry(StreamTableEntry.WORLD_EL2), Cr2.E2H);
        unit.read(VA);
        unit.memory.writeLong(unit.leafAddress(SmmuUnderTest.stage1(root), VA), 0);

        unit.command(Opcode.TLBI_EL2_ASID.code() | 0x77L << 48, 0);
        assertTrue(unit.read(VA).translated());
        unit.command(Opcode.TLBI_EL2_ASID.code() | (long) ASID << 48, 0);
        assertFalse(unit.read(VA).translated());
    }

    private void privilegedPage() {
        unit.map(SmmuUnderTest.stage1(root), VA + 0x1000, PA, READ | Access.PRIVILEGED);
    }

    @Test
    void shouldTakePrivilegeFromTheRequest() {
        stream(entry(0), 0);
        privilegedPage();

        assertEquals(
                PA, unit.access(STREAM, PASID, VA + 0x1000, READ | Access.PRIVILEGED).address());
        assertEquals(Event.F_PERMISSION.code(), unit.read(VA + 0x1000).code());
    }

    @Test
    void shouldReplacePrivilegeWhereTheEntrySaysSo() {
        stream(entry(0).with(1, 49, 48, StreamTableEntry.FORCE_SET), 0);
        privilegedPage();
        assertEquals(PA, unit.read(VA + 0x1000).address());

        unit.stream(STREAM, entry(0).with(1, 49, 48, StreamTableEntry.FORCE_CLEAR));
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        assertEquals(
                Event.F_PERMISSION.code(),
                unit.access(STREAM, PASID, VA + 0x1000, READ | Access.PRIVILEGED).code());
    }

    @Test
    void shouldFetchInstructionsWhereTheEntrySaysSo() {
        stream(entry(0).with(1, 51, 50, StreamTableEntry.FORCE_SET), 0);

        assertEquals(Event.F_PERMISSION.code(), unit.read(VA).code(), "not executable");
        assertTrue(unit.write(STREAM, PASID, VA).translated(), "writes are data");
    }

    @Test
    void shouldReadDataWhereTheEntrySaysSo() {
        stream(entry(0).with(1, 51, 50, StreamTableEntry.FORCE_CLEAR), 0);

        assertTrue(unit.access(STREAM, PASID, VA, READ | Access.EXECUTE).translated());
    }

    @Test
    void shouldRefusePrivilegedAccessToUserPagesWithPan() {
        stream(entry(0), 0);
        TableWords context = TableWords.context(root, ASID);
        unit.context(CONTEXTS, PASID, context.bit(0, 40, true));

        assertTrue(unit.read(VA).translated());
        assertEquals(
                Event.F_PERMISSION.code(),
                unit.access(STREAM, PASID, VA, READ | Access.PRIVILEGED).code());
    }

    @Test
    void shouldLookAtExecutablePagesWithEnhancedPan() {
        stream(entry(0), 0);
        TableWords pan = TableWords.context(root, ASID).bit(0, 40, true);
        unit.map(SmmuUnderTest.stage1(root), VA + 0x1000, PA, READ | Access.PRIVILEGED);
        long leaf = unit.leafAddress(SmmuUnderTest.stage1(root), VA + 0x1000);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~(1L << 54));

        unit.context(CONTEXTS, PASID, pan);
        assertTrue(privilegedRead().translated());
        unit.context(CONTEXTS, PASID, pan.bit(1, 59, true));
        unit.command(Opcode.CFGI_STE_RANGE.code(), 31);
        unit.command(Opcode.TLBI_NSNH_ALL.code(), 0);
        assertEquals(Event.F_PERMISSION.code(), privilegedRead().code());
    }

    private svasim.iommu.core.UnitBench.Outcome privilegedRead() {
        return unit.access(STREAM, PASID, VA + 0x1000, READ | Access.PRIVILEGED);
    }

    @Test
    void shouldRefuseUnprivilegedAccessToAHalfWithE0pd() {
        stream(entry(0), 0);
        unit.context(CONTEXTS, PASID, TableWords.context(root, ASID).bit(1, 2, true));

        assertEquals(Event.F_TRANSLATION.code(), unit.read(VA).code());
        assertTrue(unit.access(STREAM, PASID, VA, READ | Access.PRIVILEGED).translated());
    }
}
