package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.iommu.core.Words;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** PMEN and the two protected regions. */
class ProtectedMemoryTest {
    private static final int PMEN = 0x64;
    private static final int PLMBASE = 0x68;
    private static final int PLMLIMIT = 0x6C;
    private static final int PHMBASE = 0x70;
    private static final int PHMLIMIT = 0x78;
    private static final long ENABLE = 1L << 31;
    private static final int PASID = 0x23;
    private static final long LOW = 0x4000_0000;
    private static final long HIGH = 0x10_0000_0000L;
    private static final long SIZE = 0x40_0000;

    private final VtdUnderTest unit = new VtdUnderTest(Map.of("CAP.PLMR", 1L, "CAP.PHMR", 1L));

    @BeforeEach
    void protect() {
        unit.write32(PLMBASE, LOW);
        unit.write32(PLMLIMIT, LOW + SIZE - 1);
        unit.write64(PHMBASE, HIGH);
        unit.write64(PHMLIMIT, HIGH + SIZE - 1);
        unit.write32(PMEN, ENABLE);
    }

    private UnitBench.Outcome write(int pasid, long address) {
        return unit.bench.access(VtdUnderTest.DEVICE, pasid, address, Access.WRITE);
    }

    private boolean passes(long address) {
        return write(PasidPrefix.NONE, address).translated();
    }

    @Test
    void shouldBlockBothRegionsWhileTranslationIsOff() {
        assertFalse(passes(LOW));
        assertFalse(passes(LOW + SIZE - 1));
        assertFalse(passes(HIGH));
        assertFalse(passes(HIGH + SIZE - 1));
        assertTrue(passes(LOW - 1));
        assertTrue(passes(LOW + SIZE));
        assertTrue(passes(HIGH - 1));
        assertTrue(passes(HIGH + SIZE));
        assertEquals(0, unit.read32(VtdUnderTest.FSTS), "nothing is recorded");
    }

    @Test
    void shouldNotBlockWhileProtectionIsOff() {
        assertEquals(ENABLE | 1, unit.read32(PMEN));
        unit.write32(PMEN, 0);

        assertEquals(0, unit.read32(PMEN));
        assertTrue(passes(LOW));
    }

    @Test
    void shouldBlockPassThroughAndTranslatedRequests() {
        unit.started();
        unit.bindTo(PASID, 0x101, 0x51, 0);

        assertFalse(write(PASID, HIGH).translated());
        assertTrue(write(PASID, HIGH + SIZE).translated());
        assertFalse(translated(LOW).translated());
        assertTrue(translated(LOW + SIZE).translated());
        assertEquals(
                0, Words.entry(unit.bench.ask(VtdUnderTest.DEVICE, PASID, HIGH, false), 0) & 3);
        assertEquals(0, unit.read32(VtdUnderTest.FSTS));
    }

    private UnitBench.Outcome translated(long address) {
        return unit.bench.translated(VtdUnderTest.DEVICE, PasidPrefix.NONE, address, Access.WRITE);
    }

    @Test
    void shouldLeaveRequestsThroughTablesToTheTables() {
        unit.started();
        unit.bind(PASID);
        unit.map(PASID, 0x1000, LOW, Access.READ | Access.WRITE);

        assertEquals(LOW, write(PASID, 0x1000).address());
    }

    @Test
    void shouldShowItsGranularityAndKeepRegionsWhileOn() {
        unit.write32(PLMBASE, 0);
        assertEquals(LOW, unit.read32(PLMBASE));
        unit.write32(PMEN, 0);
        unit.write32(PLMBASE, -1);
        unit.write64(PHMLIMIT, -1);

        assertEquals(0xFFE0_0000L, unit.read32(PLMBASE));
        assertEquals(0xF_FFFF_FFE0_0000L, unit.read64(PHMLIMIT));
    }

    @Test
    void shouldHaveOnlyTheRegionsOfItsCapabilities() {
        var high = new VtdUnderTest(Map.of("CAP.PHMR", 1L));
        high.write32(PLMBASE, LOW);
        high.write32(PLMLIMIT, LOW + SIZE - 1);
        high.write32(PMEN, ENABLE);
        assertEquals(0, high.read32(PLMBASE));
        assertTrue(
                high.bench
                        .access(VtdUnderTest.DEVICE, PasidPrefix.NONE, LOW, Access.READ)
                        .translated());

        var none = new VtdUnderTest();
        none.write32(PMEN, ENABLE);
        assertEquals(0, none.read32(PMEN));
    }
}
