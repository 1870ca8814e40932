package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** The page request queue and the answers that the unit gives itself (reference vtd.md, 7). */
class PageRequestsTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long PAGE = 0x1234_5000L;
    private static final int ENTRIES = 128;
    private static final int PRO = 2;
    private static final int PPR = 1;

    private final VtdUnderTest unit = new VtdUnderTest().started();

    @BeforeEach
    void bind() {
        unit.bind(PASID);
    }

    private void request(int group, boolean last, boolean read) {
        unit.iommu.receive(
                new Tlp.PageRequest(DEVICE, PAGE, group, last, false, read, new PasidPrefix(PASID)),
                unit.bench.kernel.nowPs());
    }

    private List<Tlp.PageGroupResponse> answers() {
        return unit.bench.sent.stream().map(Tlp.PageGroupResponse.class::cast).toList();
    }

    @Test
    void shouldKeepOneSlotFreeAndAnswerWhatOverflows() {
        for (int i = 0; i < ENTRIES + 1; i++) {
            request(i, true, true);
        }
        unit.bench.settle();

        assertEquals(PRO | PPR, unit.read32(VtdUnderTest.PRS));
        assertEquals((ENTRIES - 1) * 32, unit.read64(VtdUnderTest.PQT));
        assertEquals(
                List.of(ENTRIES - 1, ENTRIES),
                answers().stream().map(Tlp.PageGroupResponse::prgIndex).toList());
        assertTrue(answers().stream().allMatch(a -> a.code() == Tlp.PageGroupResponse.SUCCESS));
    }

    @Test
    void shouldDropRequestsUntilOverflowIsCleared() {
        for (int i = 0; i < ENTRIES; i++) {
            request(i, true, true);
        }
        unit.bench.settle();
        unit.write64(VtdUnderTest.PQH, unit.read64(VtdUnderTest.PQT));
        unit.bench.sent.clear();

        request(200, true, true);
        unit.bench.settle();
        assertEquals(1, answers().size(), "room, but PRO is set");
        unit.write32(VtdUnderTest.PRS, PRO | PPR);
        request(201, true, true);
        unit.bench.settle();

        assertEquals(1, answers().size());
        assertEquals(1, unit.pageRequests());
    }

    @Test
    void shouldAnswerOnlyTheLastRequestOfAGroupByItself() {
        unit.unbind(PASID);
        request(1, false, true);
        request(1, true, true);
        unit.bench.settle();

        assertEquals(1, answers().size());
        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, answers().get(0).code());
        assertEquals(PASID, answers().get(0).pasid().pasid());
    }

    @Test
    void shouldQueueStopMarkerAndNeverAnswerIt() {
        request(0, true, false);
        unit.bench.settle();
        assertEquals(4, unit.peek(VtdUnderTest.REQUESTS + 8) & 7);

        unit.unbind(PASID);
        unit.invalidatePasid(PASID);
        unit.bench.settle();
        request(0, true, false);
        unit.bench.settle();
        assertEquals(List.of(), answers());
    }

    @Test
    void shouldRaiseEventOnlyForTheFirstPendingRequest() {
        unit.write32(0xE0, 0);
        unit.write32(0xE8, 0xFEE0_2000L);
        request(1, true, true);
        request(2, true, true);
        unit.bench.settle();
        assertEquals(List.of(new UnitBench.Message(0xFEE0_2000L, 0)), unit.bench.messages);

        unit.write32(VtdUnderTest.PRS, PPR);
        request(3, true, true);
        unit.bench.settle();
        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldForgetItsOwnStaleTranslationOfRequestedPage() {
        unit.map(PASID, PAGE, 0x7000, Access.READ);
        unit.bench.access(DEVICE, PASID, PAGE, Access.READ);
        long walks = unit.bench.counter("walk.count");

        request(1, true, true);
        unit.bench.access(DEVICE, PASID, PAGE, Access.READ);

        assertEquals(walks + 1, unit.bench.counter("walk.count"));
    }

    @Test
    void shouldDrainRequestsReceivedBeforeTheWait() {
        unit.bench.settle();
        for (int i = 0; i < 20; i++) {
            request(i, true, true);
        }
        unit.descriptor(0x1_0000_00A5L, VtdUnderTest.STATUS);
        while ((int) unit.peek(VtdUnderTest.STATUS) != 1) {
            unit.bench.kernel.run(unit.bench.kernel.nowPs() + 1_000, Long.MAX_VALUE);
        }

        assertEquals(20, unit.pageRequests());
    }

    @Test
    void shouldNotDrainWithoutPd() {
        unit.bench.settle();
        for (int i = 0; i < 20; i++) {
            request(i, true, true);
        }
        unit.waitDescriptor();
        while (!unit.complete()) {
            unit.bench.kernel.run(unit.bench.kernel.nowPs() + 1_000, Long.MAX_VALUE);
        }

        assertFalse(unit.pageRequests() == 20);
    }
}
