package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;

/** CAP.CM: what is not present is cached too, until software invalidates it (reference, 8). */
class CachingModeTest {
    private static final int PASID = 0x23;
    private static final long IOVA = 0x7F3A_5C6D_7000L;
    private static final long PAGE = 0x2_3456_7000L;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final VtdUnderTest unit = new VtdUnderTest(Map.of("CAP.CM", 1L)).started();

    private UnitBench.Outcome read() {
        return unit.bench.access(VtdUnderTest.DEVICE, PASID, IOVA, Access.READ);
    }

    private void send(long q0, long q1) {
        unit.descriptor(q0, q1);
        unit.bench.settle();
    }

    @Test
    void shouldRememberAbsentPageUntilItIsInvalidated() {
        unit.bind(PASID);
        assertEquals(0x71, read().code());
        unit.map(PASID, IOVA, PAGE, READ_WRITE);

        assertEquals(0x71, read().code());
        unit.invalidatePage(PASID, IOVA);
        unit.bench.settle();
        assertEquals(PAGE, read().address());
    }

    @Test
    void shouldRememberAbsentPageOfSecondStageByAccess() {
        FaultCase made =
                FaultCase.legacy(
                        Map.of("CAP.CM", 1L), c -> c.unit.poke(FaultCase.secondEntry(1), 0));
        assertEquals(0x06, made.run().code());
        made.unit.poke(FaultCase.secondEntry(1), PAGE | 3);

        assertEquals(0x06, made.run().code());
        made.access = Access.WRITE;
        assertEquals(0x05, made.run().code());
    }

    @Test
    void shouldRememberAbsentPasidUntilItsCacheIsInvalidated() {
        assertEquals(0x59, read().code());
        unit.bind(PASID);
        unit.map(PASID, IOVA, PAGE, READ_WRITE);

        assertEquals(0x59, read().code());
        send((long) PASID + 1 << 32 | VtdUnderTest.DOMAIN << 16 | 0x17, 0);
        assertEquals(0x59, read().code(), "another PASID");
        send((long) PASID << 32 | VtdUnderTest.DOMAIN << 16 | 0x17, 0);
        assertTrue(read().translated());
    }

    @Test
    void shouldRememberAbsentContextUnderDomainZero() {
        unit.bind(PASID);
        unit.map(PASID, IOVA, PAGE, READ_WRITE);
        unit.poke(VtdUnderTest.CONTEXT_ENTRY, 0);
        assertEquals(0x41, read().code());
        unit.poke(VtdUnderTest.CONTEXT_ENTRY, VtdUnderTest.CONTEXT_LOW);

        assertEquals(0x41, read().code());
        send((long) VtdUnderTest.DEVICE << 32 | 0x31, 0);
        assertTrue(read().translated());
    }

    @Test
    void shouldAskTablesAgainWithoutCachingMode() {
        var plain = new VtdUnderTest().started();
        assertEquals(
                0x59, plain.bench.access(VtdUnderTest.DEVICE, PASID, IOVA, Access.READ).code());
        plain.bind(PASID);
        plain.map(PASID, IOVA, PAGE, READ_WRITE);

        assertEquals(
                PAGE, plain.bench.access(VtdUnderTest.DEVICE, PASID, IOVA, Access.READ).address());
    }

    @Test
    void shouldForgetAbsentPageForAPageRequest() {
        unit.bind(PASID);
        read();
        unit.map(PASID, IOVA, PAGE, READ_WRITE);
        unit.bench.requestPage(VtdUnderTest.DEVICE, PASID, IOVA, 1);

        assertEquals(PAGE, read().address());
    }

    @Test
    void shouldShowNobodyWhatIsAbsent() {
        unit.bind(PASID);
        read();

        unit.iommu.visitTranslations(
                (requesterId, pasid, iova, shift, output, permissions) -> {
                    throw new AssertionError("no translation");
                });
    }
}
