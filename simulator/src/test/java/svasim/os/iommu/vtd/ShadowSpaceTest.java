package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.Forwarding;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.GuestUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciPath;
import svasim.os.iommu.ShadowSpace;
import svasim.paging.Access;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.VtdSecondStage;
import svasim.stats.Counter;
import svasim.stats.Statistics;

/** Copies of a guest's tables, as caching mode needs them, on a unit that cannot nest. */
class ShadowSpaceTest {
    private static final int PASID = 5;
    private static final long VA = 0x7F3A_5C6D_7000L;
    private static final long GPA = GuestUnderTest.GPA;
    private static final long PAGE = GPA + GuestUnderTest.BYTES - 0x10_0000;

    private final Counter copied = new Statistics().counter("copied", "entries");
    private final GuestUnderTest guest = guest();
    private final long top = guest.allocate(1);

    private static GuestUnderTest guest() {
        VtdConfig config = VtdConfig.defaults().withFeatures(Map.of("ECAP.NEST", 0L));
        return new GuestUnderTest(
                new DriverUnderTest(
                        new DriverUnderTest.Parts(
                                new OsUnderTest.Setup(),
                                around -> new VtdIommu(config, around),
                                VtdDriver::new,
                                OsUnderTest.capable(20),
                                PciPath.INTEGRATED,
                                IommuOptions.defaults())));
    }

    private PasidEntry entry(ShadowSpace space) {
        return new PasidEntry(guest.test().device(), PASID, space);
    }

    private ShadowSpace space(Stage tables) {
        return guest.test().driver().newShadow(900, "vm0.app", tables, guest.stage(), copied);
    }

    /** The PASID shows the copy, as far as it has come. */
    private PasidEntry installed(ShadowSpace space) {
        guest.test().run(guest.test().driver().install(entry(space)));
        guest.test().device().publish(PASID, space);
        return entry(space);
    }

    private void sync(PasidEntry entry, long start, long bytes) {
        guest.test().run(((ShadowSpace) entry.space()).sync(entry, start, bytes));
    }

    private Long read(long address) {
        var read = guest.test().read(PASID, address);
        guest.test().system().kernel().runUntilQuiet();
        return read.output();
    }

    @Test
    void shouldServeGuestsWithoutNestingOnlyByCopies() {
        assertFalse(guest.test().driver().servesGuests());
    }

    @Test
    void shouldTranslateFromVirtualToHostAddressesInOneStage() {
        guest.map(top, VA, PAGE);
        PasidEntry entry = installed(space(guest.process(top)));
        assertNull(read(VA));

        sync(entry, 0, Forwarding.ALL);

        assertEquals(guest.first(PAGE + 8), read(VA + 8));
        assertEquals(1, copied.value());
    }

    @Test
    void shouldSeeChangesOfGuestOnlyAfterSync() {
        guest.map(top, VA, PAGE);
        PasidEntry entry = installed(space(guest.process(top)));
        sync(entry, 0, Forwarding.ALL);
        read(VA);
        guest.unmap(top, VA);
        guest.map(top, VA, PAGE + 0x1000);
        assertEquals(guest.first(PAGE), read(VA));

        sync(entry, VA, 4096);

        assertEquals(guest.first(PAGE + 0x1000), read(VA));
    }

    @Test
    void shouldLeaveNothingOfWhatTheGuestHasUnmapped() {
        guest.map(top, VA, PAGE);
        guest.map(top, VA + 0x1000, PAGE + 0x1000);
        PasidEntry entry = installed(space(guest.process(top)));
        sync(entry, 0, Forwarding.ALL);
        read(VA);
        guest.unmap(top, VA);

        sync(entry, VA, 4096);

        assertNull(read(VA));
        assertEquals(guest.first(PAGE + 0x1000), read(VA + 0x1000));
    }

    @Test
    void shouldTakeTimeForEachEntryThatIsCopied() {
        for (int i = 0; i < 64; i++) {
            guest.map(top, VA + i * 4096L, PAGE + i * 4096L);
        }
        PasidEntry entry = installed(space(guest.process(top)));

        long one = time(entry, 4096);
        long all = time(entry, 64 * 4096L);

        assertEquals(64, copied.value());
        assertTrue(all > 20 * one, all + " ps for 63 entries, " + one + " for one");
    }

    private long time(PasidEntry entry, long bytes) {
        long before = guest.test().system().kernel().nowPs();
        sync(entry, VA, bytes);
        return guest.test().system().kernel().nowPs() - before;
    }

    @Test
    void shouldKeepPermissionsOfGuest() {
        guest.map(top, VA, PAGE);
        new PageTableEditor(guest.process(top), guest)
                .protect(VA, 4096, Access.READ, (input, output, shift, leaf) -> {});
        PasidEntry entry = installed(space(guest.process(top)));

        sync(entry, 0, Forwarding.ALL);

        assertTrue(guest.test().explain(PASID, VA, Access.READ).translated());
        assertFalse(guest.test().explain(PASID, VA, Access.WRITE).translated());
    }

    /** As the guest's DMA API uses it in caching mode. */
    @Test
    void shouldCopySecondStageTablesOfGuest() {
        Stage tables = new VtdSecondStage(4, top, 48, 52, Set.of());
        new PageTableEditor(tables, guest).map(0x1000, PAGE, 12, Access.READ | Access.WRITE);
        PasidEntry entry = installed(space(tables));

        sync(entry, 0x1000, 4096);

        assertEquals(guest.first(PAGE), read(0x1000));
    }

    @Test
    void shouldCopyNothingThatTheMachineLacks() {
        guest.map(top, VA, GPA + GuestUnderTest.BYTES);
        PasidEntry entry = installed(space(guest.process(top)));

        sync(entry, 0, Forwarding.ALL);

        assertEquals(0, copied.value());
    }

    /** A top table that is its own lower tables, too, has more pages than the guest has words. */
    @Test
    void shouldEndWithHostileTables() {
        for (int i = 0; i < 512; i++) {
            guest.store(top + i * 8L, top | 7);
        }
        PasidEntry entry = installed(space(guest.process(top)));

        sync(entry, 0, Forwarding.ALL);

        assertEquals(guest.first(top), read(0));
    }

    @Test
    void shouldGiveCopyBack() {
        guest.map(top, VA, PAGE);
        long before = guest.test().system().frames().allocated();
        ShadowSpace space = space(guest.process(top));
        PasidEntry entry = new PasidEntry(guest.test().device(), PASID, space);
        guest.test().run(space.sync(entry, 0, Forwarding.ALL));

        guest.test().run(space.free());

        assertEquals(before, guest.test().system().frames().allocated());
    }
}
