package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Explanation;
import svasim.paging.Access;

/** Tables of worked examples as literal words, read by the whole unit. */
class WorkedExamplesTest {
    private static final int STREAM = 0x3A2A;
    private static final int SUBSTREAM = 0x5123;
    private static final long VA = 0x00007F3A5C6D7E80L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final SmmuUnderTest unit = new SmmuUnderTest();

    @BeforeEach
    void setUp() {
        unit.write(RegisterOffset.CR2, 2);
        unit.write64(RegisterOffset.STRTAB_BASE, 0x4000000001000000L);
        unit.write(RegisterOffset.STRTAB_BASE_CFG, 0x10210);
        unit.write64(RegisterOffset.EVENTQ_BASE, SmmuUnderTest.EVENTS | 3);
        unit.write(RegisterOffset.CR0, 0x1F);
    }

    private void store(long... addressesAndWords) {
        for (int i = 0; i < addressesAndWords.length; i += 2) {
            unit.memory.writeLong(addressesAndWords[i], addressesAndWords[i + 1]);
        }
    }

    private void stage1() {
        store(
                0x00010001D0L, 0x0000000001004009L,
                0x0001004A80L, 0x780000000101001BL,
                0x0001004A88L, 0x00001000180000D5L,
                0x0001004A90L, 0x0000000000000007L,
                0x0001010A20L, 0x0000000001011001L,
                0x00010118C0L, 0x00516205C0003510L,
                0x00010118C8L, 0x0000000001020000L,
                0x00010118D8L, 0x00000000000000FFL,
                0x00010207F0L, 0x0000000001021003L,
                0x0001021748L, 0x0000000001022003L,
                0x0001022718L, 0x0000000001023003L,
                0x00010236B8L, 0x0060000234567F43L);
    }

    private void nested() {
        stage1();
        store(
                0x0001004A80L, 0x780000004001001FL,
                0x0001004A90L, 0x040D355900000007L,
                0x0001004A98L, 0x0000000001030000L,
                0x0001030008L, 0x00000004400007FDL,
                0x0001030010L, 0x00000004800007FDL,
                0x0440010A20L, 0x0000000040011001L,
                0x04400118C0L, 0x00516205C0003510L,
                0x04400118C8L, 0x0000000040020000L,
                0x04400207F0L, 0x0000000040021003L,
                0x0440021748L, 0x0000000040022003L,
                0x0440022718L, 0x0000000040023003L,
                0x04400236B8L, 0x00600000B4567F43L);
    }

    private Explanation explain(long address, int access) {
        return unit.smmu.explain(STREAM, SUBSTREAM, address, access);
    }

    @Test
    void shouldTranslateThroughTwoLevelsOfStreamsAndContexts() {
        stage1();

        assertEquals(0x234567E80L, unit.read(STREAM, SUBSTREAM, VA).address());
        assertEquals(0x234567E80L, unit.write(STREAM, SUBSTREAM, VA).address());
        Explanation explanation = explain(VA, Access.READ);
        assertEquals(READ_WRITE, explanation.permissions());
        assertEquals(12, explanation.pageShift());
        assertEquals(0x51, explanation.tag());
        assertEquals(0x0060000234567F43L, explanation.leaf());
    }

    @Test
    void shouldRefuseExecutionWhereUxnIsSet() {
        stage1();

        assertEquals(
                Event.F_PERMISSION.code(),
                unit.access(STREAM, SUBSTREAM, VA, Access.READ | Access.EXECUTE).code());
    }

    @Test
    void shouldTranslateContextsAndTablesThroughStage2() {
        nested();

        assertEquals(0x4B4567E80L, unit.read(STREAM, SUBSTREAM, VA).address());
        assertEquals(0x4B4567E80L, explain(VA, Access.READ).address());
    }

    @Test
    void shouldRecordFaultOfTheNextPage() {
        stage1();

        unit.read(STREAM, SUBSTREAM, VA + 0x1000);

        assertEquals(0x00003A2A05123810L, unit.eventWord(0, 0));
        assertEquals(0x0000020800000000L, unit.eventWord(0, 1));
        assertEquals(0x00007F3A5C6D8E80L, unit.eventWord(0, 2));
        assertEquals(0, unit.eventWord(0, 3));
    }

    @Test
    void shouldWalkTablesOf16K() {
        stage1();
        store(
                0x00010118C0L, 0x00516205C0003511L | 2 << 6,
                0x00010118C8L, 0x0000000001100000L,
                0x0001101F98L, 0x0000000001110003L,
                0x0001112970L, 0x0000000001120003L,
                0x0001120DA8L, 0x0000000374560F43L);

        assertEquals(0x374563E80L, explain(0x3F3A5C6D7E80L, Access.READ).address());
        assertEquals(14, explain(0x3F3A5C6D7E80L, Access.READ).pageShift());
    }

    @Test
    void shouldWalkTablesOf64K() {
        stage1();
        store(
                0x00010118C0L, 0x00516205C0003516L | 1 << 6,
                0x00010118C8L, 0x0000000001100000L,
                0x0001104A90L, 0x0000000001110003L,
                0x000111E368L, 0x0000000374560F43L);

        assertEquals(0x374567E80L, explain(0x12A5C6D7E80L, Access.READ).address());
        assertEquals(16, explain(0x12A5C6D7E80L, Access.READ).pageShift());
    }

    @Test
    void shouldHaveNoSideEffectWhenExplaining() {
        stage1();

        explain(VA, Access.READ);
        explain(VA + 0x1000, Access.READ);

        assertEquals(0, unit.events());
        unit.smmu.visitTranslations(
                (rid, pasid, iova, shift, output, permissions) -> assertTrue(false, "cached"));
    }

    @Test
    void shouldTellTheRootOfASubstream() {
        stage1();

        assertEquals(0x1020000, unit.smmu.rootOf(STREAM, SUBSTREAM));
        assertEquals(-1, unit.smmu.rootOf(STREAM, SUBSTREAM + 1));
    }
}
