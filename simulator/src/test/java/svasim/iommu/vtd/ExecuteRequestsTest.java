package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.iommu.core.Words;
import svasim.paging.Access;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** What revisions before 5 had: execute requests, and bits with other meanings. */
class ExecuteRequestsTest {
    private static final int PASID = 0x23;
    private static final long IOVA = 0x7F3A_5C6D_7000L;
    private static final long PAGE = 0x2_3456_7000L;
    private static final long ERE = 1 << 1;
    private static final long NXE = 1 << 5;
    private static final long SMEP = 1 << 6;
    private static final long USER_PAGE = PAGE | 0x67;
    private static final long EXECUTE_DISABLE = 1L << 63;
    private static final int EXECUTE = Access.READ | Access.EXECUTE;

    private static VtdUnderTest unit(int revision, Map<String, Long> features, long more) {
        var config = VtdConfig.defaults().withFeatures(features).ofRevision(revision);
        var unit = new VtdUnderTest(config).started();
        unit.bind(PASID);
        unit.map(PASID, IOVA, PAGE, Access.READ | Access.WRITE);
        long entry = unit.pasidEntry(PASID) + 16;
        unit.poke(entry, unit.peek(entry) | more);
        return unit;
    }

    private static VtdUnderTest old(long more) {
        return unit(4, Map.of("ECAP.ERS", 1L), more);
    }

    private static UnitBench.Outcome access(VtdUnderTest unit, int access) {
        return unit.bench.access(VtdUnderTest.DEVICE, PASID, IOVA, access);
    }

    @Provokes(
            value = {"EXECUTE_BLOCKED"},
            seen = FaultReason.class)
    @Test
    void shouldRefuseToExecuteWithoutEre() {
        assertEquals(0x5C, access(old(0), EXECUTE).code());
        assertTrue(access(old(0), Access.READ).translated());
        assertTrue(access(old(ERE), EXECUTE).translated());
    }

    @Provokes(
            value = {"EXECUTE_REFUSED"},
            seen = FaultReason.class)
    @Test
    void shouldRefuseToExecutePageWithXdIfNxeIsSet() {
        VtdUnderTest checked = old(ERE | NXE);
        checked.poke(checked.leafEntry(PASID, IOVA), USER_PAGE | EXECUTE_DISABLE);
        VtdUnderTest ignored = old(ERE);
        ignored.poke(ignored.leafEntry(PASID, IOVA), USER_PAGE | EXECUTE_DISABLE);

        assertEquals(0x82, access(checked, EXECUTE).code());
        assertTrue(access(checked, Access.READ).translated());
        assertTrue(access(ignored, EXECUTE).translated());
    }

    @Test
    void shouldKeepSupervisorsFromExecutingUserPagesIfSmepIsSet() {
        VtdUnderTest unit = old(ERE | SMEP);
        unit.poke(unit.leafEntry(PASID, IOVA), USER_PAGE);

        assertTrue(access(unit, EXECUTE).translated());
        assertEquals(0x82, access(unit, EXECUTE | Access.PRIVILEGED).code());
    }

    @Test
    void shouldTellTheDeviceWhetherItMayExecuteIfItAsks() {
        VtdUnderTest unit = old(ERE | NXE);
        unit.poke(unit.leafEntry(PASID, IOVA), USER_PAGE);

        assertEquals(PAGE | 0xB, ask(unit, true));
        assertEquals(PAGE | 0x3, ask(unit, false));
        unit.poke(unit.leafEntry(PASID, IOVA), USER_PAGE | EXECUTE_DISABLE);
        unit.invalidatePage(PASID, IOVA);
        unit.bench.settle();
        assertEquals(PAGE | 0x3, ask(unit, true));
    }

    private static long ask(VtdUnderTest unit, boolean execute) {
        unit.bench.sent.clear();
        unit.iommu.receive(
                new Tlp.TranslationRequest(
                        VtdUnderTest.DEVICE,
                        0,
                        IOVA,
                        1,
                        false,
                        new PasidPrefix(PASID, false, execute),
                        Attributes.DEFAULT),
                unit.bench.kernel.nowPs());
        unit.bench.settle();
        return Words.entry((Tlp.Completion) unit.bench.sent.get(0), 0);
    }

    @Test
    void shouldIgnoreExecuteSinceRevision5AndReserveEre() {
        Map<String, Long> ers = Map.of("ECAP.ERS", 1L);

        assertTrue(access(unit(5, ers, NXE | SMEP), EXECUTE).translated());
        assertEquals(0x5A, access(unit(5, ers, ERE), Access.READ).code());
        assertEquals(0x5A, access(unit(4, Map.of("ECAP.ERS", 0L), ERE), Access.READ).code());
    }

    @Test
    void shouldReserveMemoryTypesSinceRevision5() {
        assertEquals(0x5A, withMemoryType(5).code());
        assertTrue(withMemoryType(4).translated());
    }

    private static UnitBench.Outcome withMemoryType(int revision) {
        VtdUnderTest unit = unit(revision, Map.of("ECAP.MTS", 1L), 0);
        long entry = unit.pasidEntry(PASID) + 8;
        unit.poke(entry, unit.peek(entry) | 6 << 27);
        return access(unit, Access.READ);
    }

    @Test
    void shouldIgnoreTransientMappingBitBeforeRevision5WithDeviceTlbs() {
        assertEquals(0x7A, withBit62(5, 1).code());
        assertTrue(withBit62(4, 1).translated());
        assertEquals(0x7A, withBit62(4, 0).code());
    }

    private static UnitBench.Outcome withBit62(int revision, long deviceTlbs) {
        var config =
                VtdConfig.defaults()
                        .withFeatures(Map.of("ECAP.DT", deviceTlbs, "ECAP.PRS", 0L))
                        .ofRevision(revision);
        var unit = new VtdUnderTest(config).started();
        unit.poke(VtdUnderTest.CONTEXT_ENTRY, VtdUnderTest.CONTEXT_LOW & ~0x14L);
        FaultCase.secondTables(unit);
        unit.poke(FaultCase.secondEntry(1), PAGE | 1L << 62 | 3);
        unit.bindTo(PASID, FaultCase.TABLE | 0x89, 0x80_0051, 0);
        return unit.bench.access(VtdUnderTest.DEVICE, PASID, FaultCase.SECOND_IOVA, Access.READ);
    }
}
