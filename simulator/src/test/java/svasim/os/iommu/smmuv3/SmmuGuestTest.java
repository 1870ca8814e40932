package svasim.os.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.cpu.Architecture;
import svasim.iommu.core.Forwarding;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.smmuv3.SmmuV3;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DriverUnderTest;
import svasim.os.iommu.GuestDriverContract;
import svasim.os.iommu.GuestTables;
import svasim.os.iommu.GuestUnderTest;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;

/** SMMUv3: the unit reads the guest's own context descriptors, at intermediate addresses. */
class SmmuGuestTest extends GuestDriverContract {
    private static final int F_TRANSLATION = 0x10;
    private static final int CONTEXT_BITS = 6;
    private static final int CODE_OF_48_BITS = 5;
    private static final long STAGE_1 = 0b1011;

    /** Requests without substream skip stage 1; ATS in full. */
    private static final long SKIPPING = 1L << 28 | 1;

    /** Where the guest keeps its table of context descriptors, behind the other tables. */
    private static final long CONTEXTS = GuestUnderTest.GPA + 0x10_0000;

    @Override
    protected DriverUnderTest.Parts parts(OsUnderTest.Setup setup) {
        return new DriverUnderTest.Parts(
                setup.architecture(Architecture.AARCH64),
                around -> new SmmuV3(SmmuConfig.defaults(), around),
                SmmuDriver::new,
                OsUnderTest.capable(20),
                PciPath.INTEGRATED,
                IommuOptions.defaults());
    }

    private static void show(GuestUnderTest guest, long word0, long word1) {
        GuestTables tables = new GuestTables(List.of(word0, word1, 0L, 0L));
        guest.test().run(guest.test().driver().showGuestTables(guest.test().device(), tables));
    }

    private static long entry() {
        return STAGE_1 | CONTEXTS | (long) CONTEXT_BITS << 59;
    }

    @Override
    protected void bind(GuestUnderTest guest, int pasid, long root) {
        write(guest, pasid, ContextDescriptor.tables(root, pasid, CODE_OF_48_BITS, false));
        show(guest, entry(), SKIPPING);
    }

    /** The guest says that the descriptor has changed. */
    private static void write(GuestUnderTest guest, int pasid, ContextDescriptor descriptor) {
        long[] words = descriptor.words();
        for (int i = 0; i < words.length; i++) {
            guest.store(CONTEXTS + pasid * 64L + i * 8L, words[i]);
        }
        guest.test()
                .run(guest.test().driver().invalidateGuestEntries(guest.test().device(), pasid));
    }

    @Override
    protected void unbind(GuestUnderTest guest, int pasid) {
        write(guest, pasid, ContextDescriptor.INVALID);
        guest.invalidate(pasid, Forwarding.ALL);
        guest.invalidateDevice(pasid);
    }

    @Override
    protected int outsideMemory() {
        return F_TRANSLATION;
    }

    private static Long readWithoutPasid(GuestUnderTest guest) {
        var read = guest.test().read(NONE, GuestUnderTest.GPA);
        guest.test().system().kernel().runUntilQuiet();
        return read.output();
    }

    private void assertAborted(long word0, long word1) {
        GuestUnderTest guest = bound();
        show(guest, word0, word1);

        assertNull(readWithoutPasid(guest));
    }

    @Test
    void shouldAbortDeviceWhoseGuestHasNoValidEntry() {
        assertAborted(0, 0);
        assertAborted(1, 0);
    }

    @Test
    void shouldAbortDeviceWhoseGuestWantsStage2OfItsOwn() {
        assertAborted(entry() | 0b1110, SKIPPING);
        assertAborted(entry() & ~0xEL | 0b1100, SKIPPING);
    }

    @Test
    void shouldAbortDeviceWhoseGuestWantsMoreContextsThanThereAre() {
        assertAborted(entry() & ~(0x1FL << 59) | 31L << 59, SKIPPING);
    }

    @Test
    void shouldAbortDeviceWhoseGuestWantsSplitAts() {
        assertAborted(entry(), 2L << 28 | 1);
    }

    @Test
    void shouldUseStage2AloneIfTheGuestBypasses() {
        GuestUnderTest guest = bound();
        show(guest, 0b1001, 0);

        assertEquals(guest.first(GuestUnderTest.GPA), readWithoutPasid(guest));
    }

    /** As whoever emulates a unit finds the entries of its guest. */
    @Test
    void shouldFindEntryOfDeviceInMemory() {
        DriverUnderTest test = bound().test();

        List<Long> words = test.unit().deviceEntry(DriverUnderTest.RID);

        assertEquals(8, words.size());
        assertEquals(entry(), words.get(0) & ~0b1110 | 0b1010);
        assertEquals(List.of(), test.unit().deviceEntry(1 << 17));
    }

    /** The VMID, stage 2 and memory types of the guest's entry are not looked at. */
    @Test
    void shouldLeaveOutWhatIsNotTheGuests() {
        GuestUnderTest guest = bound();
        GuestTables tables = new GuestTables(List.of(entry(), SKIPPING | 1L << 18, -1L, -1L));
        guest.test().run(guest.test().driver().showGuestTables(guest.test().device(), tables));

        assertEquals(guest.first(GuestUnderTest.GPA), readWithoutPasid(guest));
    }
}
