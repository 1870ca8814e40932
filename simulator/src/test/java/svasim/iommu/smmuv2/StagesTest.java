package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.SECOND_BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.STREAM;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.TERMINATE;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.paging.Access;
import svasim.paging.Granule;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VmsaSizes;
import svasim.paging.VmsaStage1;
import svasim.paging.VmsaStage1Format;
import svasim.pcie.tlp.PasidPrefix;

/** Which stages a context bank has, and what its registers make of them. */
class StagesTest {
    private static final long HIGH_VA = 0xFFFF_8000_1234_5000L;

    private SmmuV2UnderTest unit = new SmmuV2UnderTest();

    private void identityOfTables(Stage second, Stage first) {
        for (long table = first.root(); table < first.root() + 0x1_0000; table += 0x1000) {
            unit.map(second, table, table, Access.READ);
        }
    }

    @Test
    void shouldPassAddressesOfABankThatIsOff() {
        unit.mapped(0);

        assertEquals(VA, unit.read(VA).address());
        assertEquals(-1, unit.smmu.rootOf(STREAM, PasidPrefix.NONE));
    }

    @Test
    void shouldTranslateByStage2Alone() {
        Stage second = SmmuV2UnderTest.stage2(unit.newTable());
        unit.stage2Bank(BANK, second.root(), TERMINATE);
        unit.stream(0, STREAM, BANK);
        unit.map(second, 0x12_3456_7000L, PA, Access.READ);

        assertEquals(PA + 8, unit.read(0x12_3456_7008L).address());
        assertEquals(Fault.PF.code(), unit.write(0x12_3456_7000L).code());
        assertEquals(Fault.TF.code(), unit.read(1L << 39).code());
        assertEquals(
                SmmuV2UnderTest.VMID,
                unit.smmu.explain(STREAM, PasidPrefix.NONE, 0x12_3456_7000L, Access.READ).tag());
    }

    @Test
    void shouldTranslateByBothStages() {
        Stage first = unit.mapped(TERMINATE);
        Stage second = unit.nested(TERMINATE);
        identityOfTables(second, first);
        unit.map(second, PA, 0x3_0000_0000L, Access.READ);

        assertEquals(0x3_0000_0008L, unit.read(VA + 8).address());
        assertEquals(0x3_0000_0010L, unit.read(VA + 0x10).address());
        assertEquals(Fault.PF.code(), unit.write(VA).code());
    }

    @Test
    void shouldSkipTheStageThatIsOff() {
        Stage first = unit.mapped(TERMINATE);
        Stage second = unit.nested(0);
        assertEquals(PA, unit.read(VA).address());

        unit.writeBank(SECOND_BANK, BankRegister.SCTLR, TERMINATE);
        unit.writeBank(BANK, BankRegister.SCTLR, 0);
        unit.map(second, 0x5000, PA + 0x1000, Access.READ);

        assertEquals(PA + 0x1000, unit.read(0x5000).address());
        assertTrue(first.root() != second.root());
    }

    @Test
    void shouldUseTheSecondHalfForNegativeAddresses() {
        unit.mapped(TERMINATE);
        var format = new VmsaStage1Format(Granule.KIB_4, false);
        Stage high =
                new VmsaStage1(
                        format,
                        VmsaSizes.ofStage1(format, 48, 48),
                        unit.newTable(),
                        Set.of(VmsaStage1.Option.UPPER_HALF));
        unit.map(high, HIGH_VA, PA + 0x2000, Access.READ);
        assertEquals(Fault.TF.code(), unit.read(HIGH_VA).code());

        unit.write64(unit.offset(BANK, BankRegister.TTBR1), high.root());
        unit.writeBank(BANK, BankRegister.TCR, 2 << 30 | 16 << 16 | 16);

        assertEquals(PA + 0x2000, unit.read(HIGH_VA).address());
        assertEquals(PA + 0x2000, unit.read(HIGH_VA & (1L << 49) - 1).address());
        assertEquals(PA, unit.read(VA).address());
        assertEquals(Fault.TF.code(), unit.read(HIGH_VA & (1L << 50) - 1).code());
    }

    @Test
    void shouldTakeTheAsidFromTheRegisterThatA1Names() {
        unit.mapped(TERMINATE);
        unit.write64(unit.offset(BANK, BankRegister.TTBR1), 0x77L << 48);
        unit.writeBank(BANK, BankRegister.TCR, 0x0080_3510 | 1 << 22);

        assertEquals(0x77, unit.smmu.explain(STREAM, PasidPrefix.NONE, VA, Access.READ).tag());
    }

    @ParameterizedTest
    @CsvSource({"0, 31", "1, 35", "2, 39", "3, 41", "4, 43", "5, 47", "7, 48"})
    void shouldExtendTheSignFromThePositionOfSep(int code, int position) {
        int control = 0x15 | code << 15;

        assertEquals(position, TranslationControl.signBit(control, 49));
        assertEquals(Math.min(position, 39), TranslationControl.signBit(control, 40));
    }

    @ParameterizedTest
    @CsvSource({"KIB_16, 2, 14", "KIB_64, 1, 16"})
    void shouldTranslateByLargerGranules(Granule granule, int code, int shift) {
        unit.mapped(TERMINATE);
        var format = new VmsaStage1Format(granule, false);
        long root = unit.tables.allocateTable(0, 1 << shift);
        Stage stage = new VmsaStage1(format, VmsaSizes.ofStage1(format, 42, 48), root, Set.of());
        new PageTableEditor(stage, unit.tables)
                .map(0x12_3000_0000L, 0x2_3000_0000L, shift, Access.READ);
        unit.write64(unit.offset(BANK, BankRegister.TTBR0), root);
        unit.writeBank(BANK, BankRegister.TCR, 1 << 23 | code << 14 | 22);

        assertEquals(0x2_3000_3FF8L, unit.read(0x12_3000_3FF8L).address());
    }

    /** Reserved granules, sizes that do not exist, walks switched off, start levels. */
    @ParameterizedTest
    @ValueSource(ints = {0x0080_F510, 0x0080_3500, 0x0080_353F, 0x0080_3590})
    void shouldMeetTranslationFaultsWhereRegistersMakeNoTables(int tcr) {
        unit.mapped(TERMINATE);
        unit.writeBank(BANK, BankRegister.TCR, tcr);

        assertEquals(Fault.TF.code(), unit.read(VA).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {3 << 14 | 1 << 6 | 25, 3 << 6 | 25, 2 << 6 | 25, 0, 1 << 6 | 16})
    void shouldMeetTranslationFaultsWhereRegistersMakeNoStage2(int tcr) {
        Stage second = SmmuV2UnderTest.stage2(unit.newTable());
        unit.stage2Bank(BANK, second.root(), TERMINATE);
        unit.stream(0, STREAM, BANK);
        unit.map(second, 0x5000, PA, Access.READ);
        unit.writeBank(BANK, BankRegister.TCR, tcr);

        assertEquals(Fault.TF.code(), unit.read(0x5000).code());
    }

    @Test
    void shouldRefuseGranulesThatTheUnitDoesNotHave() {
        unit = new SmmuV2UnderTest(Map.of("ID2.4K", 0L));
        unit.mapped(TERMINATE);

        assertEquals(Fault.TF.code(), unit.read(VA).code());
    }
}
