package svasim.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.memory.FrameUse;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.OsUnderTest;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciPath;
import svasim.pcie.tlp.AddressType;
import svasim.pcie.tlp.Attributes;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** What hardware does to a guest is told in the guest's numbers, and nothing else is. */
class GuestViewTest {
    private static final int OWNER = 3;
    private static final int FRAMES = 8;
    private static final int RID = 0x6A08;
    private static final int OTHER_RID = 0x6B00;
    private static final int HOST_PASID = 700;
    private static final int PASID = 1;

    /** One observation, as it was told. */
    private record Told(Kind kind, long a, long b, long c, Object subject) {}

    private final List<Told> told = new ArrayList<>();
    private final Trace trace = new Trace(new Kernel());
    private final PhysicalMemory hostMemory = new PhysicalMemory(0, 1L << 32);
    private final Frames frames = new Frames(hostMemory, 1L << 24, trace);
    private final GuestMemory memory =
            new GuestMemory(hostMemory, frames, OWNER, FRAMES * PhysicalMemory.FRAME_BYTES);
    private final GuestTerms terms = new GuestTerms(memory, frames);
    private GuestFunction function;

    @BeforeEach
    void giveTheGuestHalfItsMemoryAndAFunction() {
        frames.allocate(FrameUse.PAGE, 1);
        memory.pin(0, FRAMES / 2);
        PciDevice physical =
                OsUnderTest.plain()
                        .os()
                        .addDevice("dsa0", RID, OsUnderTest.capable(20), PciPath.INTEGRATED, null);
        function = new GuestFunction("accelerator", 1, physical, true);
        terms.add(function, host -> host == HOST_PASID ? PASID : GuestTerms.FOREIGN);
        trace.add(new GuestView(terms, trace, new Reader()));
    }

    private final class Reader implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return true;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            told.add(new Told(kind, a, b, c, subject));
        }
    }

    private void tell(Kind kind, long a, long b, long c, Object subject) {
        trace.tell(kind, trace.lane("dsa0"), a, b, c, subject);
    }

    private static Tlp read(int requester, int pasid) {
        return new Tlp.MemoryRead(
                requester,
                5,
                0x7000,
                64,
                AddressType.UNTRANSLATED,
                new PasidPrefix(pasid),
                Attributes.DEFAULT);
    }

    @Test
    void shouldTellAccessesToItsMemoryByItsOwnAddresses() {
        tell(Kind.DMA_WRITE, memory.hpa(0x2040), 64, RID, null);

        assertEquals(
                List.of(new Told(Kind.DMA_WRITE, 0x2040, 64, function.requesterId(), null)), told);
    }

    @Test
    void shouldTellAccessesOfForeignFunctionsToItsMemoryToo() {
        tell(Kind.DMA_READ, memory.hpa(0x1000), 64, OTHER_RID, null);

        assertEquals(List.of(new Told(Kind.DMA_READ, 0x1000, 64, OTHER_RID, null)), told);
    }

    @Test
    void shouldNotTellAccessesToMemoryOfOthers() {
        tell(Kind.DMA_WRITE, memory.hpa(0) - PhysicalMemory.FRAME_BYTES, 64, RID, null);
        tell(Kind.DMA_WRITE, 1L << 28, 64, RID, null);

        assertEquals(List.of(), told);
    }

    @Test
    void shouldFollowMemoryThatTheHostMoves() {
        long before = memory.hpa(0x1000);
        tell(Kind.DMA_READ, before, 64, RID, null);
        memory.move(0x1000);

        tell(Kind.DMA_READ, memory.hpa(0x1000), 64, RID, null);
        tell(Kind.DMA_READ, before, 64, RID, null);

        assertEquals(2, told.size());
        assertEquals(0x1000, told.get(1).a());
    }

    @Test
    void shouldTellOneRequestFromItsBeginningToItsEnd() {
        Tlp request = read(RID, HOST_PASID);
        tell(Kind.TRANSLATION_STARTED, HOST_PASID, 0x7000, RID, request);
        tell(Kind.TRANSLATION_MISSED, HOST_PASID, 0x7000, RID, request);
        tell(Kind.TRANSLATED, HOST_PASID, 0x7000, memory.hpa(0x3000), request);

        Tlp its = (Tlp) told.get(0).subject();
        assertEquals(
                List.of(
                        new Told(
                                Kind.TRANSLATION_STARTED,
                                PASID,
                                0x7000,
                                function.requesterId(),
                                its),
                        new Told(
                                Kind.TRANSLATION_MISSED,
                                PASID,
                                0x7000,
                                function.requesterId(),
                                its),
                        new Told(Kind.TRANSLATED, PASID, 0x7000, 0x3000, its)),
                told);
        assertEquals(function.requesterId(), its.senderId());
        assertEquals(PASID, its.pasid().pasid());
    }

    @Test
    void shouldNotTellRequestsWithNumbersOfOthers() {
        tell(Kind.TRANSLATION_STARTED, 701, 0x7000, RID, read(RID, 701));
        tell(Kind.TRANSLATION_STARTED, HOST_PASID, 0x7000, OTHER_RID, read(OTHER_RID, HOST_PASID));
        tell(Kind.WORK_ACCEPTED, 701, 0, 1, null);

        assertEquals(List.of(), told);
    }

    @Test
    void shouldTellPageRequestsAndTheirAnswers() {
        PasidPrefix prefix = new PasidPrefix(HOST_PASID);
        tell(
                Kind.TLP_SENT,
                24,
                0,
                0,
                new Tlp.PageRequest(RID, 0x7000, 9, true, false, true, prefix));
        tell(Kind.TLP_SENT, 24, 0, 0, new Tlp.PageGroupResponse(0, RID, 9, 0, prefix));

        PasidPrefix its = new PasidPrefix(PASID);
        int rid = function.requesterId();
        assertEquals(
                new Tlp.PageRequest(rid, 0x7000, 9, true, false, true, its), told.get(0).subject());
        assertEquals(new Tlp.PageGroupResponse(0, rid, 9, 0, its), told.get(1).subject());
    }

    @Test
    void shouldTellWorkOfAPartOfTheDevice() {
        trace.tell(Kind.WORK_DONE, trace.lane("dsa0.engine1"), HOST_PASID, 1, 77);
        trace.tell(Kind.WORK_DONE, trace.lane("dsa1"), HOST_PASID, 1, 77);

        assertEquals(List.of(new Told(Kind.WORK_DONE, PASID, 1, 77, null)), told);
    }

    @Test
    void shouldTellTheResetOfItsFunction() {
        tell(Kind.FUNCTION_RESET, RID, 0, 0, null);
        tell(Kind.FUNCTION_RESET, OTHER_RID, 0, 0, null);

        assertEquals(
                List.of(new Told(Kind.FUNCTION_RESET, function.requesterId(), 0, 0, null)), told);
    }
}
