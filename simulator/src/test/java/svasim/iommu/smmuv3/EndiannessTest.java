package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Stage;

/** Page tables whose descriptors have their most significant byte first (CD.ENDI, STE.S2ENDI). */
class EndiannessTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long ACCESS_FLAG = 1L << 10;
    private static final long IPA = 0x5000_0000L;

    private static SmmuUnderTest unit(long endianness) {
        return SmmuUnderTest.mapped(new SmmuUnderTest(Map.of("IDR0.TTENDIAN", endianness)));
    }

    private static TableWords context(SmmuUnderTest unit) {
        return TableWords.context(unit.stage1Of(PASID).root(), ASID);
    }

    /** Turns every descriptor of the tables behind a root round. */
    private static void swap(SmmuUnderTest unit, Stage stage, long table, int level) {
        for (long at = table; at < table + 0x1000; at += Long.BYTES) {
            long entry = unit.memory.readLong(at);
            if (level > 1 && entry != 0 && !stage.format().leaf(entry, level)) {
                swap(unit, stage, stage.format().address(entry, level), level - 1);
            }
            unit.memory.writeLong(at, Long.reverseBytes(entry));
        }
    }

    private static void swap(SmmuUnderTest unit, Stage stage) {
        swap(unit, stage, stage.root(), stage.startLevel());
    }

    @Test
    void shouldReadBigEndianTablesOfStage1() {
        SmmuUnderTest unit = unit(0);
        unit.context(CONTEXTS, PASID, context(unit).bit(0, 15, true));
        swap(unit, unit.stage1Of(PASID));

        assertEquals(PA + 8, unit.read(VA + 8).address());
    }

    @Test
    void shouldUpdateBigEndianDescriptors() {
        SmmuUnderTest unit = unit(0);
        Stage stage = unit.stage1Of(PASID);
        long leaf = unit.leafAddress(stage, VA);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) & ~ACCESS_FLAG);
        unit.context(CONTEXTS, PASID, context(unit).bit(0, 15, true).bit(0, 43, true));
        swap(unit, stage);

        assertEquals(PA, unit.read(VA).address());
        long entry = Long.reverseBytes(unit.memory.readLong(leaf));
        assertEquals(ACCESS_FLAG, entry & ACCESS_FLAG);
    }

    @Test
    void shouldReadBigEndianTablesOfStage2() {
        SmmuUnderTest unit = unit(0);
        Stage stage = SmmuUnderTest.stage2(unit.newTable());
        unit.map(stage, IPA, PA, READ_WRITE);
        unit.stream(STREAM, TableWords.stage2(stage.root()).bit(2, 52, true));
        swap(unit, stage);

        assertEquals(PA, unit.read(STREAM, NO_PASID, IPA).address());
    }

    @Test
    void shouldRefuseTheEndiannessThatTheUnitLacks() {
        SmmuUnderTest little = unit(2);
        little.context(CONTEXTS, PASID, context(little).bit(0, 15, true));
        assertEquals(Event.C_BAD_CD.code(), little.read(VA).code());

        SmmuUnderTest big = unit(3);
        assertEquals(Event.C_BAD_CD.code(), big.read(VA).code());
        big.stream(STREAM, TableWords.stage2(big.newTable()));
        big.command(Opcode.CFGI_STE.code() | (long) STREAM << 32, 0);
        assertEquals(Event.C_BAD_STE.code(), big.read(STREAM, NO_PASID, IPA).code());
    }

    @Test
    void shouldReadBigEndianTablesWhereThereAreNoOthers() {
        SmmuUnderTest unit = unit(3);
        unit.context(CONTEXTS, PASID, context(unit).bit(0, 15, true));
        swap(unit, unit.stage1Of(PASID));

        assertEquals(PA, unit.read(VA).address());
    }
}
