package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.DOMAIN;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.ON;
import static svasim.iommu.amdvi.AmdViUnderTest.PA;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_AND_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.VA;
import static svasim.iommu.amdvi.AmdViUnderTest.VALID;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.units.Require;

/** Registers, features, segments, the exclusion range, interrupts (amdvi.md, 1). */
class RegistersTest {
    private final AmdViUnderTest unit = new AmdViUnderTest();

    @Test
    void shouldShowTheFeaturesItWasGiven() {
        var some = AmdViUnderTest.with(Map.of("EFR.GLXSup", 1L, "EFR.PASmax", 15L));

        long efr = some.register(RegisterOffset.EXTENDED_FEATURE);

        assertEquals(1, efr >>> 14 & 3);
        assertEquals(15, efr >>> 32 & 0x1F);
        some.register(RegisterOffset.EXTENDED_FEATURE, 0);
        assertEquals(efr, some.register(RegisterOffset.EXTENDED_FEATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFR", "EXT_FEATURE"})
    void shouldTakeTheWholeFeatureRegisterByEitherName(String name) {
        var config = AmdViConfig.defaults().withRegisters(Map.of(name, 0x29D3L));

        assertEquals(0x29D3, new AmdViUnderTest(config).register(RegisterOffset.EXTENDED_FEATURE));
    }

    @ParameterizedTest
    @ValueSource(strings = {"EFR.SNPSup", "EFR.MarcSup", "EFR.DualPprLogSup", "EFR.Nonsense"})
    void shouldRefuseFeaturesThatAreNotModelled(String name) {
        var config = AmdViConfig.defaults();

        assertThrows(Require.Violation.class, () -> config.withFeatures(Map.of(name, 1L)));
    }

    @Test
    void shouldShowTheSecondFeatureRegister() {
        var without = AmdViUnderTest.with(Map.of("EFR2.GCR3TRPMode", 0L));

        unit.register(RegisterOffset.EXTENDED_FEATURE_2, -1);

        assertEquals(8, unit.register(RegisterOffset.EXTENDED_FEATURE_2));
        assertEquals(0, without.register(RegisterOffset.EXTENDED_FEATURE_2));
    }

    @Test
    void shouldLockTheDeviceTableWhileOn() {
        unit.on().register(RegisterOffset.DEVICE_TABLE_BASE, 0x5000);

        assertEquals(
                AmdViUnderTest.DEVICE_TABLE | 0x1FF,
                unit.register(RegisterOffset.DEVICE_TABLE_BASE));
    }

    @Test
    void shouldKeepOnlyFieldsOfARingsBase() {
        unit.register(RegisterOffset.EVENT_LOG_BASE, -1L);

        assertEquals(0x0F0F_FFFF_FFFF_F000L, unit.register(RegisterOffset.EVENT_LOG_BASE));
    }

    @Test
    void shouldKeepIndexesWithinTheRing() {
        unit.register(RegisterOffset.COMMAND_HEAD, 0x1018);

        assertEquals(0x10, unit.register(RegisterOffset.COMMAND_HEAD));
    }

    @ParameterizedTest
    @CsvSource({"0, 256", "7, 256", "8, 256", "9, 512", "15, 32768"})
    void shouldHaveTwoToTheLengthEntries(long length, int entries) {
        unit.register(RegisterOffset.PPR_LOG_BASE, AmdViUnderTest.PAGE_REQUESTS | length << 56);

        unit.register(RegisterOffset.PPR_TAIL, -1L);

        assertEquals((entries - 1) * 16L, unit.register(RegisterOffset.PPR_TAIL));
    }

    @Test
    void shouldReadOffsetsWithoutRegisterAsZero() {
        unit.register(0x1B0, -1L);

        assertEquals(0, unit.register(0x1B0));
        assertEquals(0, unit.unit.readRegister(0x2021, 2));
    }

    @Test
    void shouldClearStatusBitsOneByOne() {
        unit.guestDevice().on();
        unit.read(AmdViUnderTest.PASID, VA);
        unit.command(1L << 60 | 2, 0);
        assertEquals(0b110, unit.register(RegisterOffset.STATUS) & 0b111);

        unit.register(RegisterOffset.STATUS, StatusBit.EVENT_LOG_INT.mask());

        assertEquals(0b100, unit.register(RegisterOffset.STATUS) & 0b111);
    }

    @ParameterizedTest
    @CsvSource({"2, 3", "12, 4", "13, 7"})
    void shouldRunWhatIsEnabledTogetherWithTheUnit(int enable, int run) {
        unit.control(1L << enable);
        assertFalse(statusAt(run));
        unit.control(1L << enable | 1);
        assertTrue(statusAt(run));
        unit.control(1);
        assertFalse(statusAt(run));
    }

    private boolean statusAt(int position) {
        return (unit.register(RegisterOffset.STATUS) >>> position & 1) != 0;
    }

    @Test
    void shouldPassEverythingWhileOff() {
        unit.device(VALID | 7L << 9, 0);

        unit.assertTranslated(VA, unit.write(NO_PASID, VA));
        unit.assertTranslated(VA, unit.write(AmdViUnderTest.PASID, VA));
    }

    /** DeviceID[15:14] selects one of four segments. */
    @Test
    void shouldFindDevicesInTheirSegmentOfTheTable() {
        unit.register(RegisterOffset.DEVICE_TABLE_SEGMENT_1 + 16, 0x300_0000 | 0x7F);
        unit.control(ON | 2L << 34);
        long entry = 0x300_0000 + 0x2A2AL * 32;
        unit.store(entry, VALID | 1L << 61);

        assertEquals(2, unit.bench.access(0xEA2A, NO_PASID, VA, READ_WRITE).code());
        unit.assertTranslated(VA, unit.bench.access(DEVICE, NO_PASID, VA, READ_WRITE));
    }

    @ParameterizedTest
    @CsvSource({"0x4fff, false", "0x5000, true", "0x7fff, true", "0x8000, false"})
    void shouldPassTheExclusionRangeForAll(String address, boolean excluded) {
        unit.on();
        unit.hostDevice(3, 0, 0);
        unit.register(RegisterOffset.EXCLUSION_BASE, 0x5000 | 0b11);
        unit.register(RegisterOffset.EXCLUSION_LIMIT, 0x7000);

        long at = Long.decode(address);

        assertEquals(excluded, unit.read(NO_PASID, at).translated());
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 0"})
    void shouldPassTheExclusionRangeForDevicesThatMay(boolean may, int passed) {
        unit.on();
        unit.hostDevice(3, 0, may ? 1L << 39 : 0);
        unit.register(RegisterOffset.EXCLUSION_BASE, 0x5000 | 0b01);
        unit.register(RegisterOffset.EXCLUSION_LIMIT, 0x5000);

        assertEquals(passed == 1, unit.read(NO_PASID, 0x5123).translated());
        assertFalse(unit.read(NO_PASID, 0x6000).translated());
    }

    @Test
    void shouldSendX2apicInterruptsToTheirOwnDestinations() {
        unit.guestDevice();
        unit.register(RegisterOffset.X2APIC_GENERAL, 0x0100_0051_0000_0300L);
        unit.register(RegisterOffset.X2APIC_PPR, 0x0000_0052_0000_0404L);
        unit.control(ON | 1L << 51);

        unit.command(1L << 60 | 2, 0);
        unit.bench.requestPage(DEVICE, AmdViUnderTest.PASID, VA, 1);

        assertEquals(0x51, unit.bench.messages.get(0).data());
        assertEquals(0x0100_0000_FEE0_3000L, unit.bench.messages.get(0).address());
        assertEquals(0x52, unit.bench.messages.get(1).data());
        assertEquals(0xFEE0_4004L, unit.bench.messages.get(1).address());
    }

    @Test
    void shouldNotInterruptWhileTheMessageIsOff() {
        unit.on().command(1L << 60 | 2, 0);

        assertEquals(0, unit.bench.messages.size());
    }

    @Test
    void shouldServeOneDomainOfDevicesWithDifferentPermissions() {
        unit.on();
        var host = unit.hostDevice(3, 0, 0);
        unit.map(host, 0x5000, PA, READ_WRITE);
        long other = AmdViUnderTest.DEVICE_TABLE + (DEVICE + 1) * 32L;
        unit.store(other, VALID | 3L << 9 | host.root() | READ_AND_WRITE & 1L << 61);
        unit.store(other + 8, DOMAIN);

        unit.assertTranslated(PA, unit.write(NO_PASID, 0x5000));

        assertEquals(2, unit.bench.access(DEVICE + 1, NO_PASID, 0x5000, READ_WRITE).code());
    }
}
