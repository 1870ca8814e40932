package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.PageResponse;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** What the driver of every IOMMU that can nest does for virtual machines. */
public abstract class GuestDriverContract {
    protected static final int PASID = 5;
    protected static final int NONE = PasidPrefix.NONE;
    protected static final long VA = 0x7F3A_5C6D_7000L;
    private static final long GPA = GuestUnderTest.GPA;

    /** A page of the guest's, behind all tables that tests make. */
    private static final long PAGE = GPA + GuestUnderTest.BYTES - 0x3000;

    private static final long OTHER_PAGE = PAGE + 0x1000;

    /** Nothing is mapped here in the second stage. */
    private static final long OUTSIDE = GPA + GuestUnderTest.BYTES;

    protected abstract DriverUnderTest.Parts parts(OsUnderTest.Setup setup);

    /** The guest lets a PASID show tables, and its host has heard of that. */
    protected abstract void bind(GuestUnderTest guest, int pasid, long root);

    /** The guest lets it show nothing, and its host has heard of that. */
    protected abstract void unbind(GuestUnderTest guest, int pasid);

    /** Reason of a fault of an access to what the second stage does not map. */
    protected abstract int outsideMemory();

    /** Number by which the guest tags the translations of its PASID. */
    protected int domain(int pasid) {
        return pasid;
    }

    protected final GuestUnderTest guest() {
        return new GuestUnderTest(new DriverUnderTest(parts(new OsUnderTest.Setup())));
    }

    /** With a page mapped for the PASID. */
    protected final GuestUnderTest bound() {
        return bound(guest());
    }

    private GuestUnderTest bound(GuestUnderTest guest) {
        long root = guest.allocate(1);
        assertEquals(GPA, root);
        guest.map(root, VA, PAGE);
        bind(guest, PASID, root);
        return guest;
    }

    private static Long read(GuestUnderTest guest, int pasid, long address) {
        var read = guest.test().read(pasid, address);
        guest.test().system().kernel().runUntilQuiet();
        return read.output();
    }

    @Test
    void shouldMapMemoryOfMachineInTablesOfTheUnit() {
        GuestUnderTest guest = guest();

        assertTrue(guest.test().driver().servesGuests());
        assertEquals(guest.first(PAGE + 8), guest.stage().physical(PAGE + 8));
        assertEquals(-1, guest.stage().physical(OUTSIDE));
        assertEquals(GuestUnderTest.FRAMES, guest.stage().pages());

        guest.test().run(guest.stage().unmap(GPA + 0x1000, 0x2000));

        assertEquals(GuestUnderTest.FRAMES - 2, guest.stage().pages());
    }

    @Test
    void shouldSendRequestsWithoutPasidThroughSecondStage() {
        GuestUnderTest guest = guest();

        assertEquals(guest.first(PAGE + 8), read(guest, NONE, PAGE + 8));
        assertNull(read(guest, NONE, OUTSIDE));
    }

    @Test
    void shouldSendRequestsWithPasidThroughBothStages() {
        GuestUnderTest guest = bound();

        var seen = guest.test().explain(PASID, VA + 8, Access.WRITE);

        assertEquals(guest.first(PAGE + 8), seen.address());
        assertEquals(guest.first(PAGE + 8), read(guest, PASID, VA + 8));
        assertEquals(GPA, guest.test().unit().rootOf(DriverUnderTest.RID, PASID));
    }

    @Test
    void shouldAnswerTranslationRequestsFromBothStages() {
        GuestUnderTest guest = bound();

        assertEquals(guest.first(PAGE), TranslationEntry.base(ask(guest, PASID, VA)));
        assertEquals(0, ask(guest, PASID, VA + 0x1000) & TranslationEntry.READ);
    }

    private static long ask(GuestUnderTest guest, int pasid, long page) {
        int before = guest.test().sent(Tlp.Completion.class).size();
        guest.test().translationRequest(pasid, page);
        guest.test().system().kernel().runUntilQuiet();
        byte[] data = guest.test().sent(Tlp.Completion.class).get(before).data();
        return ByteBuffer.wrap(data).getLong();
    }

    @Test
    void shouldGiveReasonOfSecondStageForWhatTheMachineLacks() {
        GuestUnderTest guest = bound();
        guest.map(GPA, VA + 0x1000, OUTSIDE);

        assertEquals(
                outsideMemory(), guest.test().explain(PASID, VA + 0x1000, Access.READ).faultCode());
        assertNull(read(guest, PASID, VA + 0x1000));
    }

    @Test
    void shouldForgetWhatTheGuestHasInvalidated() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);
        guest.unmap(GPA, VA);
        guest.map(GPA, VA, OTHER_PAGE);
        assertEquals(guest.first(PAGE), read(guest, PASID, VA));

        guest.invalidate(domain(PASID), PASID, VA);

        assertEquals(guest.first(OTHER_PAGE), read(guest, PASID, VA));
    }

    @Test
    void shouldForgetAllOfPasidThatTheGuestHasInvalidated() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);
        read(guest, NONE, PAGE);
        int before = guest.test().cached();

        guest.invalidate(domain(PASID), PASID);

        assertEquals(before - 1, guest.test().cached());
    }

    @Test
    void shouldInvalidateDeviceAsTheGuestSays() {
        GuestUnderTest guest = bound();
        int before = guest.test().sent(Tlp.InvalidateRequest.class).size();

        guest.invalidateDevice(PASID, VA);

        List<Tlp.InvalidateRequest> sent = guest.test().sent(Tlp.InvalidateRequest.class);
        assertEquals(before + 1, sent.size());
        assertEquals(VA, sent.get(before).address());
        assertEquals(PASID, sent.get(before).pasid().pasid());
    }

    @Test
    void shouldHandPageRequestsToTheGuestAndItsAnswersToTheDevice() {
        GuestUnderTest guest = bound();

        guest.test().request(PASID, VA + 0x1000, 7, false);
        guest.test().request(PASID, VA + 0x2000, 7, true);
        guest.test().system().kernel().runUntilQuiet();

        List<PageRequest> requests = guest.requests();
        assertEquals(2, requests.size());
        assertEquals(VA + 0x1000, requests.get(0).address());
        assertFalse(requests.get(0).last());
        assertTrue(requests.get(1).last());
        assertTrue(guest.test().sent(Tlp.PageGroupResponse.class).isEmpty());

        PageGroup group = PageGroup.answering(requests.get(1));
        guest.test().run(guest.test().driver().respond(group, PageResponse.SUCCESS));

        var response = guest.test().sent(Tlp.PageGroupResponse.class).get(0);
        assertEquals(7, response.prgIndex());
        assertEquals(Tlp.PageGroupResponse.SUCCESS, response.code());
        assertEquals(PASID, response.pasid().pasid());
    }

    @Test
    void shouldShowNothingOfPasidThatTheGuestHasUnbound() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);

        unbind(guest, PASID);

        assertNull(read(guest, PASID, VA));
        assertEquals(0, guest.test().cached());
        assertEquals(guest.first(PAGE), read(guest, NONE, PAGE));
    }

    @Test
    void shouldForgetNestedTranslationsWhenHostMovesMemory() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);
        read(guest, NONE, PAGE);

        move(guest, PAGE);

        assertNotEquals(guest.first(PAGE), guest.physical(PAGE));
        assertEquals(guest.physical(PAGE), read(guest, PASID, VA));
        assertEquals(guest.physical(PAGE), read(guest, NONE, PAGE));
    }

    /** Its contents do not matter. */
    private static void move(GuestUnderTest guest, long gpa) {
        long frame = guest.test().system().frames().allocate(FrameUse.PAGE, 1000);
        guest.test().run(guest.stage().unmap(gpa, 4096));
        guest.test().run(guest.stage().map(gpa, frame, 4096));
    }

    @Test
    void shouldFlushWholeDeviceCacheWhenHostMovesMemory() {
        GuestUnderTest guest = bound();
        int before = guest.test().sent(Tlp.InvalidateRequest.class).size();

        move(guest, PAGE);

        List<Tlp.InvalidateRequest> sent = guest.test().sent(Tlp.InvalidateRequest.class);
        List<Tlp.InvalidateRequest> flushes = sent.subList(before, sent.size());
        assertTrue(flushes.stream().allMatch(GuestDriverContract::isWhole), "" + flushes);
        assertTrue(flushes.stream().anyMatch(flush -> flush.pasid() == null));
        assertTrue(
                flushes.stream()
                        .anyMatch(
                                flush -> flush.pasid() != null && flush.pasid().pasid() == PASID));
    }

    private static boolean isWhole(Tlp.InvalidateRequest request) {
        return request.sized() && request.address() == 0x7FFF_FFFF_FFFF_F000L;
    }

    @Test
    void shouldFlushDeviceCacheByGuestAddressOnlyWithDefect() {
        OsUnderTest.Setup setup = new OsUnderTest.Setup().defect(Defect.S71);
        GuestUnderTest guest = bound(new GuestUnderTest(new DriverUnderTest(parts(setup))));
        int before = guest.test().sent(Tlp.InvalidateRequest.class).size();

        move(guest, PAGE);

        List<Tlp.InvalidateRequest> sent = guest.test().sent(Tlp.InvalidateRequest.class);
        assertEquals(
                List.of(PAGE),
                sent.subList(before, sent.size()).stream()
                        .map(Tlp.InvalidateRequest::address)
                        .distinct()
                        .toList());
    }

    /** As invariants compare them (I-02). */
    @Test
    void shouldCacheWhatTheTablesOfBothStagesSay() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);
        read(guest, NONE, PAGE);

        guest.test()
                .unit()
                .visitTranslations(
                        (requesterId, pasid, iova, shift, output, granted) -> {
                            int access = Access.READ;
                            var now = guest.test().unit().explain(requesterId, pasid, iova, access);
                            assertEquals(now.address(), output);
                            int tooMuch = granted & ~now.permissions();
                            assertEquals(0, tooMuch & (Access.READ | Access.WRITE));
                        });
        assertTrue(guest.test().cached() >= 2);
    }

    @Test
    void shouldLeaveNothingOfMachineWhenDeviceIsTakenAway() {
        GuestUnderTest guest = bound();
        read(guest, PASID, VA);
        read(guest, NONE, PAGE);
        unbind(guest, PASID);

        guest.test().run(guest.test().driver().unassign(guest.test().device()));

        assertEquals(0, guest.test().cached());
        assertNull(read(guest, PASID, VA));
        assertNull(read(guest, NONE, PAGE));
        guest.test().run(guest.stage().free());
    }

    @Test
    void shouldGiveDeviceItsUsualDomainBackAfterTheMachine() {
        GuestUnderTest guest = guest();
        guest.test().run(guest.test().driver().unassign(guest.test().device()));
        PciDevice device = guest.test().device();
        guest.test().run(guest.test().driver().attach(device, device.group().defaultDomain()));
        DmaBuffer buffer = new DmaBuffer(device, 4096, 12);

        guest.test().run(guest.test().driver().dma().map(buffer));

        assertEquals(buffer.physical(0), read(guest, NONE, buffer.iova()));
    }

    @Test
    void shouldKeepSecondStageOverAReset() {
        GuestUnderTest guest = guest();
        PciDevice device = guest.test().device();

        guest.test().run(ResetDevice.call(device, guest.test().system().platform()));

        assertEquals(guest.first(PAGE), read(guest, NONE, PAGE));
    }
}
