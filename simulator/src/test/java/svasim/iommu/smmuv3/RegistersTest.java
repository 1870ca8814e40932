package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.units.Require;

/** Registers: identification, update protocols, what may be written when. */
class RegistersTest {
    private static final long ABORT = 1 << 20;
    private static final long UPDATE = 1L << 31;

    private final SmmuUnderTest unit = new SmmuUnderTest();

    private void writeAtOnce(long offset, long value) {
        unit.smmu.writeRegister(offset, Integer.BYTES, value);
    }

    private void run(long ps) {
        unit.kernel.run(unit.kernel.nowPs() + ps, Long.MAX_VALUE);
    }

    @Test
    void shouldShowFeaturesByTheirNames() {
        var changed =
                new SmmuUnderTest(
                        Map.of("IDR0.STALL_MODEL", 2L, "IDR1.SIDSIZE", 7L, "IDR5.OAS", 2L));

        assertEquals(2, changed.register(RegisterOffset.IDR0) >>> 24 & 3);
        assertEquals(7, changed.register(RegisterOffset.IDR0 + 4) & 0x3F);
        assertEquals(2, changed.register(RegisterOffset.IDR5) & 7);
    }

    @Test
    void shouldHaveNoPageRequestsWithoutAts() {
        var unit = new SmmuUnderTest(Map.of("IDR0.ATS", 0L, "IDR0.PRI", 1L));

        assertEquals(0, unit.register(RegisterOffset.IDR0) >>> 16 & 1);
        unit.write(RegisterOffset.CR0, Cr0.PRIQEN);
        assertEquals(0, unit.register(RegisterOffset.CR0ACK));
    }

    @Test
    void shouldTakeWholeIdentificationRegisters() {
        var config =
                SmmuConfig.defaults()
                        .withRegisters(Map.of("IDR0", 0xD44101BL, "CR0", 0xDL))
                        .withFeatures(Map.of("IDR0.ATS", 1L));

        assertEquals(0xD44101BL | 1 << 10, config.decoded().register(0));
    }

    @Test
    void shouldRefuseUnknownAndUnmodelledFeatures() {
        SmmuConfig defaults = SmmuConfig.defaults();

        assertThrows(Require.Violation.class, () -> defaults.withFeatures(Map.of("IDR0.NONE", 1L)));
        assertThrows(
                Require.Violation.class, () -> defaults.withFeatures(Map.of("IDR1.ECMDQ", 1L)));
        assertThrows(Require.Violation.class, () -> defaults.withFeatures(Map.of("IDR0.TTF", 3L)));
        assertThrows(Require.Violation.class, () -> defaults.withFeatures(Map.of("IDR5.OAS", 8L)));
    }

    @Test
    void shouldAcknowledgeControlAfterTheUpdateTimeAndNotBefore() {
        long update = unit.config.update().value();

        writeAtOnce(RegisterOffset.CR0, 0xD);

        run(update - 1);
        assertEquals(0xD, unit.register(RegisterOffset.CR0));
        assertEquals(0, unit.register(RegisterOffset.CR0ACK));
        run(1);
        assertEquals(0xD, unit.register(RegisterOffset.CR0ACK));
    }

    @Test
    void shouldHaveOldControlCountUntilItIsAcknowledged() {
        writeAtOnce(RegisterOffset.CR0, Cr0.SMMUEN);

        writeAtOnce(RegisterOffset.STRTAB_BASE_CFG, 8);
        assertEquals(0, unit.register(RegisterOffset.STRTAB_BASE_CFG), "being switched on");
        unit.bench.settle();
        writeAtOnce(RegisterOffset.CR0, 0);
        writeAtOnce(RegisterOffset.STRTAB_BASE_CFG, 8);
        assertEquals(0, unit.register(RegisterOffset.STRTAB_BASE_CFG), "still on");
        unit.bench.settle();
        writeAtOnce(RegisterOffset.STRTAB_BASE_CFG, 8);
        assertEquals(8, unit.register(RegisterOffset.STRTAB_BASE_CFG));
    }

    @Test
    void shouldTakeGlobalBypassOnlyWithUpdateAndOneAtATime() {
        unit.write(RegisterOffset.GBPA, ABORT);
        assertEquals(0, unit.register(RegisterOffset.GBPA));

        writeAtOnce(RegisterOffset.GBPA, UPDATE | ABORT);
        assertEquals(UPDATE, unit.register(RegisterOffset.GBPA) & UPDATE);
        writeAtOnce(RegisterOffset.GBPA, UPDATE);
        unit.bench.settle();

        assertEquals(ABORT, unit.register(RegisterOffset.GBPA));
    }

    @Test
    void shouldBypassOrAbortWhileTranslationIsOff() {
        assertEquals(0x1234, unit.read(1, SmmuUnderTest.NO_PASID, 0x1234).address());
        assertFalse(unit.read(1, SmmuUnderTest.NO_PASID, 1L << 48).translated());

        unit.write(RegisterOffset.GBPA, UPDATE | ABORT);
        assertFalse(unit.read(1, SmmuUnderTest.NO_PASID, 0x1234).translated());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldSetCr2OnlyWhileTranslationIsOff() {
        unit.write(RegisterOffset.CR2, 0xF);
        assertEquals(0xF, unit.register(RegisterOffset.CR2));
        unit.write(RegisterOffset.CR0, Cr0.SMMUEN);

        unit.write(RegisterOffset.CR2, 0);

        assertEquals(0xF, unit.register(RegisterOffset.CR2));
    }

    @Test
    void shouldAliasQueueIndexesOfPage1() {
        unit.write64(RegisterOffset.EVENTQ_BASE, SmmuUnderTest.EVENTS | 3);
        unit.write(RegisterOffset.PAGE_1 + RegisterOffset.EVENTQ_PROD, 0x8000_0005L);

        assertEquals(0x8000_0005L, unit.register(RegisterOffset.EVENTQ_PROD));
        assertEquals(0, unit.register(RegisterOffset.PAGE_1 + RegisterOffset.EVENTQ_BASE));
    }

    @Test
    void shouldCapQueueSizes() {
        QueueBase base = QueueBase.of(0x1000_0FE0L | 20, 8, 16);

        assertEquals(8, base.log2());
        assertEquals(0x1000_0000L, base.address());
        assertEquals(0x1FF, base.indexMask());
    }

    @Test
    void shouldCapStreamTableAtTheStreamIds() {
        Features features = SmmuConfig.defaults().decoded();

        assertTrue(StreamTableBase.of(0, 63, features).contains(0xFFFF));
        assertFalse(StreamTableBase.of(0, 63, features).contains(0x10000));
        assertEquals(6, StreamTableBase.of(0, 7 << 6, features).split());
        assertFalse(StreamTableBase.of(0, 2 << 16 | 8, features).twoLevel());
    }

    @Test
    void shouldReadHalvesOfWideRegisters() {
        unit.write64(RegisterOffset.STRTAB_BASE, 0x4000_0012_3456_7FC0L);

        assertEquals(0x3456_7FC0L, unit.register(RegisterOffset.STRTAB_BASE));
        assertEquals(0x4000_0012L, unit.register(RegisterOffset.STRTAB_BASE + 4));
        assertEquals(
                0x4000_0012_3456_7FC0L,
                unit.smmu.readRegister(RegisterOffset.STRTAB_BASE, Long.BYTES));
    }

    @Test
    void shouldReadHolesAsZero() {
        unit.write(0x100, -1);
        unit.write(0x180, -1);

        assertEquals(0, unit.register(0x100));
        assertEquals(0, unit.register(0x180));
        assertEquals(0, unit.smmu.readRegister(2, 4));
        assertEquals(0, unit.smmu.readRegister(0x8000, 4));
    }
}
