package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.ASID;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.paging.Access;
import svasim.paging.Stage;

/** Translations of different sizes that overlap, because software did not break before it made. */
class TlbConflictTest {
    private static final long OTHER = VA + 0x1000;
    private static final int BLOCK_SHIFT = 21;
    private static final int LEVEL_OF_BLOCKS = 2;

    private SmmuV2UnderTest unit;

    /** Caches a page, then the block that has taken the place of its table. */
    private void overlap(boolean conflicts) {
        unit = new SmmuV2UnderTest(SmmuV2Config.defaults().withConflicts(conflicts));
        Stage stage = unit.mapped(SmmuV2UnderTest.TERMINATE);
        unit.read(VA);
        long table = stage.root();
        long slot = 0;
        for (int level = stage.startLevel(); level >= LEVEL_OF_BLOCKS; level--) {
            slot = table + 8 * (VA >>> stage.format().shift(level) & 0x1FF);
            table = stage.format().address(unit.memory.readLong(slot), level);
        }
        long block = PA & -1L << BLOCK_SHIFT;
        unit.memory.writeLong(slot, stage.format().leafEntry(block, LEVEL_OF_BLOCKS, Access.READ));
        unit.write64(
                unit.offset(BANK, TlbOperation.TLBIVA.offset()), (long) ASID << 48 | OTHER >>> 12);
        unit.read(OTHER);
    }

    @Provokes(
            value = {"TLBMCF"},
            seen = Fault.class)
    @Test
    void shouldReportTranslationsThatOverlap() {
        overlap(true);

        assertEquals(Answers.ABORT, unit.read(VA).status());
        assertEquals(Fault.TLBMCF.status(), unit.bankRegister(BANK, BankRegister.FSR));
        assertEquals(VA, unit.wideRegister(BANK, BankRegister.FAR));
    }

    @Test
    void shouldNotStallWhatNoTableCanRepair() {
        overlap(true);
        unit.writeBank(BANK, BankRegister.SCTLR, SmmuV2UnderTest.STALL);

        assertEquals(Answers.ABORT, unit.read(VA).status());
    }

    @Test
    void shouldUseTheSmallestByDefault() {
        overlap(false);

        assertEquals(PA, unit.read(VA).address());
    }
}
