package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;

/** What software sees in the registers (reference vtd.md, 1). */
class RegistersTest {
    private static final int NONE = PasidPrefix.NONE;
    private static final int DEVICE = VtdUnderTest.DEVICE;

    private final VtdUnderTest unit = new VtdUnderTest();

    @Test
    void shouldIgnoreWritesToReadOnlyRegistersAndHoles() {
        long cap = unit.read64(8);
        unit.write64(8, -1);
        unit.write32(0x50, -1);

        assertEquals(cap, unit.read64(8));
        assertEquals(0, unit.read32(0x50));
        assertEquals(0, unit.iommu.readRegister(9, 4), "misaligned");
        assertEquals(0, unit.iommu.readRegister(8, 2), "of two bytes");
    }

    @Test
    void shouldGive64BitRegistersInHalves() {
        unit.write32(VtdUnderTest.RTADDR, 0x1234_5400);
        unit.write32(VtdUnderTest.RTADDR + 4, 0xAB);

        assertEquals(0xAB_1234_5400L, unit.read64(VtdUnderTest.RTADDR));
        assertEquals(0xAB, unit.read32(VtdUnderTest.RTADDR + 4));
    }

    @Test
    void shouldPassAddressesUnchangedWhileTranslationIsOff() {
        assertEquals(
                0xDEAD_BEEFL,
                unit.bench.access(DEVICE, NONE, 0xDEAD_BEEFL, Access.WRITE).address());
    }

    @Test
    void shouldUseRootAddressOnlyOnceItIsLatched() {
        unit.started();
        unit.bind(5);
        unit.map(5, 0x1000, 0x7000, Access.READ);
        unit.write64(VtdUnderTest.RTADDR, 0);

        assertTrue(unit.bench.access(DEVICE, 5, 0x1000, Access.READ).translated());
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.TE | VtdUnderTest.QIE | VtdUnderTest.SRTP);
        assertFalse(unit.bench.access(DEVICE, 5, 0x1000, Access.READ).translated());
    }

    @Test
    void shouldKeepCachesOverNewRootWithoutEsrtps() {
        var old = new VtdUnderTest(Map.of("CAP.ESRTPS", 0L)).started();
        old.bind(5);
        old.map(5, 0x1000, 0x7000, Access.READ);
        old.bench.access(DEVICE, 5, 0x1000, Access.READ);
        old.write64(VtdUnderTest.RTADDR, 0x900_0400);
        old.write32(VtdUnderTest.GCMD, VtdUnderTest.TE | VtdUnderTest.QIE | VtdUnderTest.SRTP);

        assertTrue(old.bench.access(DEVICE, 5, 0x1000, Access.READ).translated());
    }

    @Test
    void shouldSendFaultMessageOnceAndOnlyWhenUnmasked() {
        unit.started();
        unit.write32(VtdUnderTest.FECTL + 4, 0x41);
        unit.write32(VtdUnderTest.FECTL + 8, 0xFEE0_1000L);
        unit.bench.access(DEVICE, 9, 0x1000, Access.READ);
        assertEquals(List.of(), unit.bench.messages);
        assertEquals(0xC000_0000L, unit.read32(VtdUnderTest.FECTL));

        unit.write32(VtdUnderTest.FECTL, 0);

        assertEquals(List.of(new UnitBench.Message(0xFEE0_1000L, 0x41)), unit.bench.messages);
        assertEquals(0, unit.read32(VtdUnderTest.FECTL));
        unit.bench.access(DEVICE, 10, 0x1000, Access.READ);
        assertEquals(1, unit.bench.messages.size(), "a record was pending already");
    }

    @Test
    void shouldForgetPendingFaultMessageWhenRecordIsCleared() {
        unit.started();
        unit.bench.access(DEVICE, 9, 0x1000, Access.READ);
        unit.write32(VtdUnderTest.FRCD + 12, 1L << 31);

        assertEquals(0x8000_0000L, unit.read32(VtdUnderTest.FECTL));
        assertEquals(0, unit.read32(VtdUnderTest.FSTS));
    }

    @Test
    void shouldLoseFaultsWhenTheRingIsFullUntilOverflowIsCleared() {
        var small = new VtdUnderTest(Map.of("CAP.NFR", 1L)).started();
        for (int i = 0; i < 4; i++) {
            small.bench.access(DEVICE, 9, 0x1000 * (i + 1), Access.READ);
        }
        assertEquals(0x3, small.read32(VtdUnderTest.FSTS));
        assertEquals(0x1000, small.read64(VtdUnderTest.FRCD));
        assertEquals(0x2000, small.read64(VtdUnderTest.FRCD + 16));

        small.write32(VtdUnderTest.FRCD + 12, 1L << 31);
        small.bench.access(DEVICE, 9, 0x7000, Access.READ);
        assertEquals(0x1000, small.read64(VtdUnderTest.FRCD), "PFO still set");
        small.write32(VtdUnderTest.FSTS, 1);
        small.bench.access(DEVICE, 9, 0x8000, Access.READ);
        assertEquals(0x8000, small.read64(VtdUnderTest.FRCD));
    }

    @Test
    void shouldInvalidateByRegistersInLegacyModeWhileTheQueueIsOff() {
        var legacy = new VtdUnderTest(Map.of("VER.MAX", 4L));
        legacy.write64(0x28, 1L << 63 | 2L << 61 | 0x51);
        legacy.bench.settle();
        assertEquals(2, legacy.read64(0x28) >>> 59 & 3);
        assertEquals(0, legacy.read64(0x28) >>> 63);

        legacy.write64(0xF0, 0x1000 | 63);
        legacy.write64(0xF8, 1L << 63 | 3L << 60);
        legacy.bench.settle();
        assertEquals(0, legacy.read64(0xF8) >>> 57 & 3, "AM above MAMV");
        legacy.write64(0xF0, 0x1000);
        legacy.write64(0xF8, 1L << 63 | 3L << 60);
        legacy.bench.settle();
        assertEquals(3, legacy.read64(0xF8) >>> 57 & 3);

        legacy.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE);
        legacy.write64(0x28, 1L << 63 | 1L << 61);
        legacy.bench.settle();
        assertEquals(0, legacy.read64(0x28) >>> 59 & 3, "the queue is on");
    }

    @Test
    void shouldHaveNoInvalidationRegistersFromVersion6On() {
        unit.write64(0x28, 1L << 63 | 1L << 61);

        assertEquals(0, unit.read64(0x28));
    }
}
