package svasim.os.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.amdvi.AmdVi;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.amdvi.DeviceTableEntry;
import svasim.iommu.amdvi.GuestRootEntry;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.GuestDriverContract;
import svasim.os.iommu.GuestTables;
import svasim.os.iommu.GuestUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;

/** AMD-Vi: the unit reads the guest's own GCR3 table, at guest-physical addresses. */
class AmdViGuestTest extends GuestDriverContract {
    private static final int IO_PAGE_FAULT = 2;

    /** Where the guest keeps its GCR3 table, behind the other tables. */
    private static final long ROOTS = GuestUnderTest.GPA + 0x10_0000;

    private static final DeviceTableEntry.Answers ANSWERS =
            new DeviceTableEntry.Answers(true, true);

    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup,
                around -> new AmdVi(AmdViConfig.defaults(), around),
                AmdViDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private static void show(GuestUnderTest guest, long word0, long word1) {
        GuestTables tables = new GuestTables(List.of(word0, word1, 0L, 0L));
        guest.test().run(guest.test().driver().showGuestTables(guest.test().device(), tables));
    }

    private static long entry() {
        return DeviceTableEntry.guest(ROOTS, 1, ANSWERS, false);
    }

    private static long tags() {
        return DeviceTableEntry.tags(0x33, ROOTS, true);
    }

    @Override
    protected void bind(GuestUnderTest guest, int pasid, long root) {
        write(guest, pasid, GuestRootEntry.of(root));
        show(guest, entry(), tags());
    }

    /** The guest says that the entry has changed. */
    private static void write(GuestUnderTest guest, int pasid, long word) {
        guest.store(ROOTS + pasid * 8L, word);
        guest.test()
                .run(guest.test().driver().invalidateGuestEntries(guest.test().device(), pasid));
    }

    @Override
    protected void unbind(GuestUnderTest guest, int pasid) {
        write(guest, pasid, 0);
        guest.invalidateDevice(pasid);
    }

    @Override
    protected int outsideMemory() {
        return IO_PAGE_FAULT;
    }

    private static Long readWithoutPasid(GuestUnderTest guest) {
        var read = guest.test().read(NONE, GuestUnderTest.GPA);
        guest.test().system().kernel().runUntilQuiet();
        return read.output();
    }

    private void assertAborted(long word0) {
        GuestUnderTest guest = bound();
        show(guest, word0, tags());

        assertNull(readWithoutPasid(guest));
    }

    @Test
    void shouldBlockDeviceWhoseGuestBlocksIt() {
        assertAborted(DeviceTableEntry.blocked());
    }

    @Test
    void shouldBlockDeviceWhoseGuestWantsHostTablesOfItsOwn() {
        assertAborted(DeviceTableEntry.host(ROOTS, 3));
    }

    @Test
    void shouldBlockDeviceWhoseGuestSetsReservedFields() {
        assertAborted(entry() | 1 << 3);
        assertAborted(entry() | 3L << 56);
    }

    @Test
    void shouldUseHostTablesAloneIfTheGuestLetsPass() {
        GuestUnderTest guest = bound();
        show(guest, DeviceTableEntry.passThrough(), 0);
        assertEquals(guest.first(GuestUnderTest.GPA), readWithoutPasid(guest));

        show(guest, 0, 0);
        assertEquals(guest.first(GuestUnderTest.GPA), readWithoutPasid(guest));
    }

    /** As whoever emulates a unit finds the entries of its guest. */
    @Test
    void shouldFindEntryOfDeviceInMemory() {
        DriverUnderTest test = bound().test();

        List<Long> words = test.unit().deviceEntry(DriverUnderTest.RID);

        assertEquals(4, words.size());
        assertEquals(entry() >>> 52, words.get(0) >>> 52);
    }

    /** GIoV: their addresses are those of PASID 0 of the guest. */
    @Test
    void shouldSendRequestsWithoutPasidThroughGuestTablesIfTheGuestSaysSo() {
        GuestUnderTest guest = bound();
        write(guest, 0, GuestRootEntry.of(GuestUnderTest.GPA));
        show(guest, DeviceTableEntry.guest(ROOTS, 1, ANSWERS, true), tags());

        var seen = guest.test().explain(NONE, VA, 0);

        assertEquals(guest.test().explain(PASID, VA, 0).address(), seen.address());
    }
}
