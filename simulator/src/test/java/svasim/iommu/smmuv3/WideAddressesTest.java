package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv3.SmmuUnderTest.ASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.CONTEXTS;
import static svasim.iommu.smmuv3.SmmuUnderTest.NO_PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.PA;
import static svasim.iommu.smmuv3.SmmuUnderTest.PASID;
import static svasim.iommu.smmuv3.SmmuUnderTest.STREAM;
import static svasim.iommu.smmuv3.SmmuUnderTest.VMID;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.paging.Granule;
import svasim.paging.Stage;
import svasim.paging.VmsaFormat;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.paging.VmsaStage2;
import svasim.paging.VmsaStage2Format;

/** Addresses of 52 bits in tables of 4 KiB: DS, S2DS, level -1, ranges of the sixth SCALE bit. */
class WideAddressesTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int TSZ = 14;
    private static final long HIGH = 1L << 49 | 0x1000;

    private final SmmuUnderTest unit =
            new SmmuUnderTest(Map.of("IDR5.OAS", 6L, "IDR5.DS", 1L, "IDR5.VAX", 1L)).enabled();

    private Stage stage2() {
        var format = new VmsaStage2Format(Granule.KIB_4, true);
        var sizes = new VmsaSizes(Long.SIZE - TSZ, VmsaFormat.level(-1), 52);
        return new VmsaStage2(format, sizes, unit.newTable(), Set.of());
    }

    private static TableWords entry(Stage stage) {
        return TableWords.stage2(stage.root())
                .with(2, 37, 32, TSZ)
                .with(2, 39, 38, 0)
                .with(2, 50, 48, 6)
                .with(3, 3, 2, 0b11);
    }

    private long leafAddress(Stage stage) {
        long table = stage.root();
        for (int level = stage.startLevel(); level > 1; level--) {
            long slot = table + 8 * (HIGH >>> stage.format().shift(level) & 0x1FF);
            table = stage.format().address(unit.memory.readLong(slot), level);
        }
        return table + 8 * (HIGH >>> 12 & 0x1FF);
    }

    private int firstRead(TableWords entry) {
        unit.stream(STREAM, entry);
        return unit.read(STREAM, NO_PASID, HIGH).code();
    }

    @Test
    void shouldStartStage2AtLevelMinus1() {
        Stage stage = stage2();
        unit.map(stage, HIGH, PA, READ_WRITE);
        unit.stream(STREAM, entry(stage));

        assertEquals(PA + 4, unit.read(STREAM, NO_PASID, HIGH + 4).address());
    }

    @Test
    void shouldRefuseLevelMinus1ForSmallInputs() {
        assertEquals(Event.C_BAD_STE.code(), firstRead(entry(stage2()).with(2, 37, 32, 16)));
    }

    @Test
    void shouldIgnoreTheUpperBitOfSl0WithoutS2ds() {
        TableWords narrow = entry(stage2()).bit(3, 3, false).with(2, 39, 38, 1).with(2, 37, 32, 25);

        assertEquals(Event.F_TRANSLATION.code(), firstRead(narrow));
    }

    @Test
    void shouldRefuseTablesAbove48BitsWithoutS2ds() {
        TableWords narrow = entry(stage2()).with(3, 3, 2, 0).with(2, 39, 38, 2).bit(3, 50, true);

        assertEquals(Event.C_BAD_STE.code(), firstRead(narrow));
    }

    @Test
    void shouldInvalidateRangesOfTheSixthScaleBit() {
        var format = new VmsaStage1Format(Granule.KIB_4, true);
        var sizes = VmsaSizes.ofStage1(format, Long.SIZE - TSZ, 52);
        Stage stage = new VmsaStage1(format, sizes, unit.newTable(), Set.of());
        unit.map(stage, HIGH, PA, READ_WRITE);
        unit.stream(STREAM, TableWords.stage1(CONTEXTS, 6));
        unit.context(
                CONTEXTS,
                PASID,
                TableWords.context(stage.root(), ASID)
                        .with(0, 5, 0, TSZ)
                        .with(0, 34, 32, 6)
                        .bit(2, 58, true));
        assertEquals(PA, unit.read(HIGH).address());
        long leaf = leafAddress(stage);
        unit.memory.writeLong(leaf, unit.memory.readLong(leaf) + 0x1000);
        assertEquals(PA, unit.read(HIGH).address(), "still cached");

        long range = Opcode.TLBI_NH_VA.code() | 38L << 20 | (long) VMID << 32 | (long) ASID << 48;
        unit.command(range, 1L << 10);

        assertEquals(PA + 0x1000, unit.read(HIGH).address());
    }
}
