package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.BANK;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.PA;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.TERMINATE;
import static svasim.iommu.smmuv2.SmmuV2UnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.PasidPrefix;
import svasim.units.Require;

/** Identification, layout of the register space, address translation by register. */
class RegistersTest {
    private static final int ATS1PR = BankRegister.ATS1PR;

    private SmmuV2UnderTest unit = new SmmuV2UnderTest();

    @Test
    void shouldIdentifyItself() {
        assertEquals(0x7B08_5F30, unit.register(0x20));
        assertEquals(0x4000_0020, unit.register(0x24));
        assertEquals(0xF555, unit.register(0x28));
    }

    @Test
    void shouldTakeRegistersAndFeaturesOfACapture() {
        SmmuV2Config config =
                SmmuV2Config.defaults()
                        .withRegisters(Map.of("ID1", 0x5000_0010L, "sCR0", 1L))
                        .withFeatures(Map.of("ID2.OAS", 2L));

        assertEquals(16, config.decoded().contextBanks());
        assertEquals(64, config.decoded().halfPages());
        assertEquals(40, config.decoded().cappedBits(5));
    }

    @ParameterizedTest
    @CsvSource({
        "ID0.PTFS, 0",
        "ID1.NUMCB, 64",
        "ID1.NUMS2CB, 40",
        "ID2.OAS, 6",
        "ID2.UBS, 6",
        "ID0.NUMSMRG, 200",
        "ID0.NOTHING, 1"
    })
    void shouldRefuseFeaturesThatAreNotModelled(String name, long value) {
        SmmuV2Config config = SmmuV2Config.defaults();

        assertThrows(Require.Violation.class, () -> config.withFeatures(Map.of(name, value)));
    }

    @Test
    void shouldSpreadItsRegistersOverLargePages() {
        unit = new SmmuV2UnderTest(Map.of("ID1.PAGESIZE", 1L));
        unit.mapped(TERMINATE);

        assertEquals((32 + BANK) * 0x1_0000L, unit.offset(BANK, 0));
        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldKeepStage2OnlyBanksFromStage1() {
        unit = new SmmuV2UnderTest(Map.of("ID1.NUMS2CB", 6L));
        unit.type(BANK, BankAttributes.STAGE_1);
        unit.type(6, BankAttributes.STAGE_1);

        assertEquals(0, unit.register(unit.attribute(0, BANK)) >>> 16);
        assertEquals(1, unit.register(unit.attribute(0, 6)) >>> 16);
    }

    @Test
    void shouldUseWideVmidsWhenEnabled() {
        unit.mapped(TERMINATE);
        unit.write(SmmuV2UnderTest.SCR0, SmmuV2UnderTest.CONTROL | 1 << 31);
        unit.write(unit.attribute(0x800, BANK), 0x1234 << 16 | 1);
        unit.read(VA);
        long walks = unit.bench.counter("walk.count");

        unit.write(SmmuV2UnderTest.TLBIVMID, SmmuV2UnderTest.VMID);
        unit.read(VA);
        assertEquals(walks, unit.bench.counter("walk.count"));
        unit.write(SmmuV2UnderTest.TLBIVMID, 0x1234);
        unit.read(VA);

        assertEquals(walks + 1, unit.bench.counter("walk.count"));
    }

    @Test
    void shouldTranslateAnAddressForSoftware() {
        unit.mapped(TERMINATE);
        unit.smmu.writeRegister(unit.offset(BANK, ATS1PR), 8, VA);
        assertEquals(1, unit.bankRegister(BANK, BankRegister.ATSR));

        unit.bench.settle();

        assertEquals(0, unit.bankRegister(BANK, BankRegister.ATSR));
        assertEquals(PA, unit.wideRegister(BANK, BankRegister.PAR));
    }

    @Test
    void shouldTellSoftwareWhyAnAddressIsNotTranslated() {
        unit.mapped(TERMINATE);

        unit.write64(unit.offset(BANK, ATS1PR), VA + 0x1000);

        assertEquals(Fault.TF.status() | 1, unit.wideRegister(BANK, BankRegister.PAR));
        assertEquals(0, unit.bankRegister(BANK, BankRegister.FSR));
        unit.write(unit.attribute(0x800, BANK), 0);
        unit.write64(unit.offset(BANK, ATS1PR), VA);
        assertEquals(1, unit.wideRegister(BANK, BankRegister.PAR));
    }

    @Test
    void shouldNotTranslateForSoftwareWithoutTheFeature() {
        unit = new SmmuV2UnderTest(Map.of("ID0.ATOSNS", 1L));
        unit.mapped(TERMINATE);

        unit.write64(unit.offset(BANK, ATS1PR), VA);

        assertEquals(0, unit.wideRegister(BANK, BankRegister.PAR));
    }

    @Test
    void shouldKeepWhatSoftwareWritesIntoABank() {
        unit.write64(unit.offset(BANK, BankRegister.TTBR1), 0x1234_5678_9ABC_D000L);
        unit.writeBank(BANK, BankRegister.SCTLR, -1);

        assertEquals(0x1234_5678_9ABC_D000L, unit.wideRegister(BANK, BankRegister.TTBR1));
        assertEquals(-1, unit.bankRegister(BANK, BankRegister.SCTLR));
    }

    @Test
    void shouldReadBigEndianTablesWhereTheBankSaysSo() {
        Stage stage = unit.mapped(TERMINATE | SystemControl.BIG_ENDIAN);
        assertFalse(unit.read(VA).translated());
        unit.writeBank(BANK, BankRegister.FSR, -1);
        long table = stage.root();
        for (int level = stage.startLevel(); level >= 1; level--) {
            long slot = table + 8 * (VA >>> stage.format().shift(level) & 0x1FF);
            long entry = unit.memory.readLong(slot);
            table = stage.format().address(entry, level);
            unit.memory.writeLong(slot, Long.reverseBytes(entry));
        }

        assertEquals(PA, unit.read(VA).address());
    }

    @Test
    void shouldRefuseTranslationRequestsOfDevices() {
        CompletionStatus status =
                unit.bench.ask(SmmuV2UnderTest.STREAM, PasidPrefix.NONE, VA, false).status();

        assertEquals(CompletionStatus.UNSUPPORTED_REQUEST, status);
        unit.bench.sent.clear();
        unit.bench.requestPage(SmmuV2UnderTest.STREAM, PasidPrefix.NONE, VA, 1);
        assertTrue(unit.bench.sent.isEmpty());
    }
}
