package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Provokes;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.VtdSecondStage;

/** Translated requests held against a host permission table (reference vtd.md, 3.3 and 3.5). */
class HostPermissionsTest {
    private static final int PASID = 0x23;
    private static final int DOMAIN = 7;
    private static final long TABLE = 0x300_0000;
    private static final long PAGE = 0x2_3456_7000L;
    private static final long OTHER_PAGE = PAGE + 0x1000;
    private static final long OUTSIDE = 1L << 47;
    private static final long HPTE_AND_EPTR = 0x60;

    private final VtdUnderTest unit =
            new VtdUnderTest(Map.of("ECAP.HPTS", 1L, "ECAP.PTRS", 1L)).started();
    private final PageTableEditor table =
            new PageTableEditor(new VtdSecondStage(4, TABLE, 64, 52, Set.of()), unit);

    @BeforeEach
    void permitReading() {
        unit.poke(VtdUnderTest.CONTEXT_ENTRY, VtdUnderTest.CONTEXT_LOW | HPTE_AND_EPTR);
        unit.bind(PASID);
        word(4, TABLE | 1);
        word(5, DOMAIN);
        table.map(PAGE, PAGE, 12, Access.READ);
    }

    private void word(int index, long value) {
        unit.poke(unit.pasidEntry(PASID) + index * 8L, value);
    }

    private UnitBench.Outcome access(long address, int access) {
        return unit.bench.translated(VtdUnderTest.DEVICE, PASID, address, access);
    }

    private int code(long address, int access) {
        return access(address, access).code();
    }

    /** Entry of the first table for {@link #PAGE}. */
    private static long top() {
        return TABLE + (PAGE >>> 39 & 0x1FF) * 8;
    }

    @Test
    void shouldLetThroughWhatTheTablePermitsUnchanged() {
        assertEquals(PAGE + 5, access(PAGE + 5, Access.READ).address());
    }

    @Provokes(
            value = {"HOST_WRITE_REFUSED", "HOST_READ_REFUSED", "PERMISSIONS_NOT_PRESENT"},
            seen = FaultReason.class)
    @Test
    void shouldRefuseWhatTheTableDoesNotPermit() {
        table.map(OTHER_PAGE, OTHER_PAGE, 12, Access.WRITE);

        assertEquals(0xA4, code(PAGE, Access.WRITE));
        assertEquals(0xA3, code(OTHER_PAGE, Access.READ));
        assertEquals(0xA1, code(PAGE + 0x2000, Access.READ));
        assertEquals(0xA4, unit.read64(VtdUnderTest.FRCD + 8) >>> 32 & 0xFF);
        assertEquals(2, unit.read64(VtdUnderTest.FRCD + 8) >>> 60 & 3, "AT: translated");
    }

    @Provokes(
            value = {
                "PERMISSIONS_UNREADABLE",
                "PERMISSIONS_RESERVED",
                "HOST_ADDRESS_BEYOND_TABLE",
                "PERMISSION_TABLE_SIZE"
            },
            seen = FaultReason.class)
    @Test
    void shouldNameWhatIsWrongWithTheTable() {
        assertEquals(0xA5, code(1L << 48, Access.READ));
        unit.poke(top(), OUTSIDE | 3);
        assertEquals(0xA0, code(PAGE, Access.READ));
        unit.descriptor(0x1A, 0);
        unit.bench.settle();
        unit.poke(top(), TABLE | 1 << 7 | 3);
        assertEquals(0xA2, code(PAGE, Access.READ));
        word(4, TABLE | 3);
        unit.invalidatePasid(PASID);
        unit.bench.settle();
        assertEquals(0x60, code(PAGE, Access.READ));
    }

    @Test
    void shouldLookUpTheEntryOfThePasidFirst() {
        unit.unbind(PASID);

        assertEquals(0x59, code(PAGE, Access.READ));
    }

    @Test
    void shouldCountPermissionWordsAsReservedWithoutTheCapability() {
        var plain = new VtdUnderTest().started();
        plain.bind(PASID);
        plain.poke(plain.pasidEntry(PASID) + 5 * 8, DOMAIN);

        assertEquals(
                0x5A, plain.bench.access(VtdUnderTest.DEVICE, PASID, PAGE, Access.READ).code());
        plain.poke(VtdUnderTest.CONTEXT_ENTRY, VtdUnderTest.CONTEXT_LOW | 0x20);
        plain.descriptor(0x11, 0);
        plain.bench.settle();
        assertEquals(
                0x42, plain.bench.access(VtdUnderTest.DEVICE, PASID, PAGE, Access.READ).code());
    }

    @Test
    void shouldForgetAPermissionByEachGranularityOfItsDescriptor() {
        long[][] reaching = {{0x1A, 0}, {DOMAIN << 16 | 0x2A, 0}, {DOMAIN << 16 | 0x3A, PAGE}};
        for (long[] words : reaching) {
            access(PAGE, Access.READ);
            table.unmap(PAGE, 4096, LeafVisitor.NONE);
            assertTrue(access(PAGE, Access.READ).translated(), "cached");
            unit.descriptor(DOMAIN + 1 << 16 | 0x2A, 0);
            unit.bench.settle();
            assertTrue(access(PAGE, Access.READ).translated(), "of another domain");

            unit.descriptor(words[0], words[1]);
            unit.bench.settle();

            assertFalse(access(PAGE, Access.READ).translated(), Long.toHexString(words[0]));
            table.map(PAGE, PAGE, 12, Access.READ);
        }
    }

    @Test
    void shouldKnowTheDescriptorOnlyWithTheCapability() {
        var plain = new VtdUnderTest().started();
        plain.descriptor(0x1A, 0);
        plain.bench.settle();

        assertEquals(3, plain.read64(VtdUnderTest.IQERCD) & 0xF);
        unit.descriptor(0xA, 0);
        unit.bench.settle();
        assertEquals(4, unit.read64(VtdUnderTest.IQERCD) & 0xF, "reserved granularity");
    }
}
