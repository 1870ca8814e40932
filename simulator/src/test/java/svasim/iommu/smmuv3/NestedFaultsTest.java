package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Stage;

/** Stage 2 refuses: on behalf of a context, of a table of stage 1, or of the address itself. */
class NestedFaultsTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    /** Where the guest's page is for stage 1; its tables are mapped one to one. */
    private static final long IPA = 0x5000_0000L;

    private final SmmuUnderTest unit = new SmmuUnderTest();
    private final Stage first = SmmuUnderTest.stage1(unit.newTable());
    private final Stage second = SmmuUnderTest.stage2(unit.newTable());

    @BeforeEach
    void setUp() {
        unit.map(first, VA, IPA, READ_WRITE);
        for (long table = first.root(); table < first.root() + 0x10000; table += 0x1000) {
            unit.map(second, table, table, READ_WRITE);
        }
        unit.map(second, CONTEXTS, CONTEXTS, READ_WRITE);
        unit.map(second, IPA, PA, READ_WRITE);
        unit.stream(STREAM, TableWords.nested(CONTEXTS, 6, second.root()));
        unit.context(CONTEXTS, PASID, TableWords.context(first.root(), ASID));
        unit.enabled();
    }

    private void assertStage2(Event event, int faultClass, long ipa) {
        assertEquals(event.code(), unit.read(VA).code());
        assertEquals(event.code(), unit.lastEvent());
        assertEquals(1, unit.eventWord(0, 1) >>> 39 & 1, "S2");
        assertEquals(faultClass, (int) (unit.eventWord(0, 1) >>> 40 & 3));
        assertEquals(VA, unit.eventWord(0, 2));
        assertEquals(ipa, unit.eventWord(0, 3));
    }

    private void protect(long ipa, long keep) {
        long leaf = unit.leafAddress(second, ipa);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & keep);
    }

    @Test
    void shouldTranslateThroughBothStages() {
        assertEquals(PA + 0x40, unit.read(VA + 0x40).address());
    }

    @Test
    void shouldReportAddressOfAContext() {
        protect(CONTEXTS, 0);

        assertStage2(Event.F_TRANSLATION, Fault.CLASS_CD, CONTEXTS);
    }

    @Test
    void shouldReportPageOfATable() {
        protect(first.root(), 0);

        assertStage2(Event.F_TRANSLATION, Fault.CLASS_TABLE, first.root());
    }

    @Test
    void shouldReportTableThatMayNotBeRead() {
        protect(first.root(), ~(1L << 6));

        assertStage2(Event.F_PERMISSION, Fault.CLASS_TABLE, first.root());
        assertEquals(1, unit.eventWord(0, 1) >>> 44 & 1, "TTRnW");
    }

    @Test
    void shouldReportIntermediateAddressOfTheInput() {
        protect(IPA, 0);

        assertStage2(Event.F_TRANSLATION, Fault.CLASS_INPUT, IPA);
    }

    @Test
    void shouldReportAccessFlagOfStage2() {
        protect(IPA, ~(1L << 10));

        assertStage2(Event.F_ACCESS, Fault.CLASS_INPUT, IPA);
    }

    @Test
    void shouldReportPermissionOfStage2() {
        protect(IPA, ~(1L << 6));

        assertStage2(Event.F_PERMISSION, Fault.CLASS_INPUT, IPA);
    }

    @Test
    void shouldReportIntermediateAddressBeyondStage2() {
        unit.map(first, VA + 0x1000, 1L << 40, READ_WRITE);

        assertEquals(Event.F_TRANSLATION.code(), unit.read(VA + 0x1000).code());
        assertEquals(1L << 40, unit.eventWord(0, 3));
    }

    @Test
    void shouldCheckStage1PermissionFirst() {
        unit.map(first, VA + 0x1000, IPA + 0x1000, Access.READ);

        assertEquals(Event.F_PERMISSION.code(), unit.write(STREAM, PASID, VA + 0x1000).code());
        assertEquals(0, unit.eventWord(0, 1) >>> 39 & 1, "S2");
    }

    @Test
    void shouldNotRecordWhereStage2DoesNot() {
        unit.stream(STREAM, TableWords.nested(CONTEXTS, 6, second.root()).bit(2, 58, false));
        protect(IPA, 0);

        assertEquals(Event.F_TRANSLATION.code(), unit.read(VA).code());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldSkipStage1WhereTheEntrySaysSo() {
        unit.stream(
                STREAM,
                TableWords.nested(CONTEXTS, 6, second.root())
                        .with(1, 1, 0, StreamTableEntry.SKIP_STAGE_1));

        assertEquals(PA + 8, unit.read(STREAM, NO_PASID, IPA + 8).address());
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldUseSubstream0ForTrafficWithoutSubstreamWhereTheEntrySaysSo() {
        unit.context(CONTEXTS, 0, TableWords.context(first.root(), ASID));

        assertEquals(PA, unit.read(STREAM, NO_PASID, VA).address());
    }
}
