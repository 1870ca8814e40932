package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;
import svasim.pcie.tlp.TranslationEntry;

/** What every unit does alike, whatever its tables and commands look like. */
public abstract class IommuContract {
    protected static final int PASID = 0x23;
    protected static final int OTHER_PASID = 0x24;
    protected static final long IOVA = 0x7F3A_5C6D_7000L;
    protected static final long OTHER_IOVA = IOVA + 0x1000;
    protected static final long PAGE = 0x2_3456_7000L;
    protected static final long OTHER_PAGE = 0x2_4444_4000L;

    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int OFFSET = 0xE80;

    protected ContractUnit unit;
    private UnitBench bench;
    private int device;

    /** A unit that is switched on, with nothing bound. */
    protected abstract ContractUnit create();

    @BeforeEach
    void prepare() {
        unit = create();
        bench = unit.bench();
        device = unit.requesterId();
        unit.bind(PASID);
        unit.bind(OTHER_PASID);
        unit.map(PASID, IOVA, PAGE, READ_WRITE);
    }

    private UnitBench.Outcome read(int pasid, long address) {
        return bench.access(device, pasid, address, Access.READ);
    }

    private UnitBench.Outcome write(int pasid, long address) {
        return bench.access(device, pasid, address, Access.WRITE);
    }

    @Test
    void shouldTranslateReadsAndWritesOfMappedPage() {
        assertEquals(PAGE + OFFSET, read(PASID, IOVA + OFFSET).address());
        assertEquals(PAGE + OFFSET, write(PASID, IOVA + OFFSET).address());
    }

    @Test
    void shouldRefuseWriteToReadOnlyPage() {
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, Access.READ);

        assertTrue(read(PASID, OTHER_IOVA).translated());
        assertFalse(write(PASID, OTHER_IOVA).translated());
    }

    @Test
    void shouldRefusePageThatIsNotMapped() {
        assertFalse(read(PASID, OTHER_IOVA).translated());
    }

    @Test
    void shouldRefuseUnboundPasid() {
        assertFalse(read(PASID + 7, IOVA).translated());
    }

    @Test
    void shouldSeePageOnceItIsMappedWithoutInvalidation() {
        read(PASID, OTHER_IOVA);
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);

        assertEquals(OTHER_PAGE, read(PASID, OTHER_IOVA).address());
    }

    @Test
    void shouldServeSecondReadWithoutWalk() {
        read(PASID, IOVA);
        long walks = bench.counter("walk.count");

        read(PASID, IOVA + OFFSET);

        assertEquals(walks, bench.counter("walk.count"));
    }

    @Test
    void shouldAnswerHitAfterLookupTimeAndNotBefore() {
        read(PASID, IOVA);
        int token = bench.start(device, PASID, IOVA, Access.READ);

        bench.kernel.run(bench.kernel.nowPs() + unit.hitPs() - 1, Long.MAX_VALUE);
        assertTrue(bench.outcome(token).pending());
        bench.kernel.run(bench.kernel.nowPs() + 1, Long.MAX_VALUE);
        assertEquals(PAGE, bench.outcome(token).address());
    }

    @Test
    void shouldKeepTranslationUntilItIsInvalidated() {
        read(PASID, IOVA);
        unit.unmap(PASID, IOVA);

        assertEquals(PAGE, read(PASID, IOVA).address());
        unit.invalidatePage(PASID, IOVA);
        bench.settle();
        assertFalse(read(PASID, IOVA).translated());
    }

    @Test
    void shouldKeepOtherPagesWhenOneIsInvalidated() {
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
        read(PASID, IOVA);
        read(PASID, OTHER_IOVA);
        unit.invalidatePage(PASID, IOVA);
        bench.settle();
        long walks = bench.counter("walk.count");

        read(PASID, OTHER_IOVA);

        assertEquals(walks, bench.counter("walk.count"));
    }

    @Test
    void shouldKeepOtherPasidWhenOneIsInvalidated() {
        unit.map(OTHER_PASID, IOVA, OTHER_PAGE, READ_WRITE);
        read(OTHER_PASID, IOVA);
        unit.unmap(OTHER_PASID, IOVA);
        unit.invalidateTranslations(PASID);
        bench.settle();

        assertEquals(OTHER_PAGE, read(OTHER_PASID, IOVA).address());
    }

    @Test
    void shouldForgetAllPagesOfInvalidatedPasid() {
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
        read(PASID, IOVA);
        read(PASID, OTHER_IOVA);
        unit.unmap(PASID, IOVA);
        unit.unmap(PASID, OTHER_IOVA);
        unit.invalidateTranslations(PASID);
        bench.settle();

        assertFalse(read(PASID, IOVA).translated());
        assertFalse(read(PASID, OTHER_IOVA).translated());
    }

    @Test
    void shouldRefuseUnboundPasidOnceItIsInvalidated() {
        read(PASID, IOVA);
        unit.unbind(PASID);
        unit.invalidatePasid(PASID);
        bench.settle();

        assertFalse(read(PASID, IOVA).translated());
        assertFalse(read(PASID, OTHER_IOVA).translated());
    }

    @Test
    void shouldShareOneWalkBetweenRequestsOfOnePage() {
        read(OTHER_PASID, IOVA);
        read(PASID, OTHER_IOVA);
        long walks = bench.counter("walk.count");
        List<Integer> tokens = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            tokens.add(bench.start(device, PASID, IOVA + 64L * i, Access.READ));
        }
        bench.settle();

        tokens.forEach(token -> assertTrue(bench.outcome(token).translated()));
        assertEquals(walks + 1, bench.counter("walk.count"));
    }

    @Test
    void shouldNotFillFromWalkThatInvalidationOvertook() {
        read(PASID, OTHER_IOVA);
        for (long delayPs = 0; delayPs < 800_000; delayPs += 7_919) {
            int token = bench.start(device, PASID, IOVA, Access.READ);
            bench.kernel.run(bench.kernel.nowPs() + delayPs, Long.MAX_VALUE);
            unit.unmap(PASID, IOVA);
            unit.invalidatePage(PASID, IOVA);
            bench.settle();

            assertFalse(bench.outcome(token).pending());
            assertTrue(unit.complete());
            assertFalse(read(PASID, IOVA).translated(), "after " + delayPs + " ps");
            unit.map(PASID, IOVA, PAGE, READ_WRITE);
        }
    }

    /** The page stays in a table that no longer belongs to the tree; a walk may be inside. */
    @Test
    void shouldNotFillFromTableThatWasCutOffUnderTheWalk() {
        long top = unit.topEntry(PASID, IOVA);
        long entry = bench.memory.readLong(top);
        for (long delayPs = 0; delayPs < 800_000; delayPs += 7_919) {
            bench.start(device, PASID, IOVA, Access.READ);
            bench.kernel.run(bench.kernel.nowPs() + delayPs, Long.MAX_VALUE);
            bench.memory.writeLong(top, 0);
            unit.invalidatePage(PASID, IOVA);
            bench.settle();

            assertTrue(unit.complete());
            assertFalse(read(PASID, IOVA).translated(), "after " + delayPs + " ps");
            bench.memory.writeLong(top, entry);
        }
    }

    /** All walkers are busy, so that the request keeps its pointer to a table for long. */
    @Test
    void shouldCompleteWaitOnlyAfterRequestsThatMayUseTheOldTranslation() {
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
        read(PASID, OTHER_IOVA);
        for (int i = 0; i < 64; i++) {
            bench.start(device, PASID, IOVA + 0x20_0000L * (i + 1), Access.READ);
        }
        int token = bench.start(device, PASID, IOVA, Access.READ);
        bench.kernel.run(bench.kernel.nowPs() + 10_000, Long.MAX_VALUE);
        bench.memory.writeLong(unit.topEntry(PASID, IOVA), 0);
        unit.invalidatePage(PASID, IOVA);
        while (!unit.complete()) {
            bench.kernel.run(bench.kernel.nowPs() + 1_000, Long.MAX_VALUE);
        }

        assertFalse(bench.outcome(token).pending());
        assertTrue(bench.outcome(token).translated(), "from the old table, before the wait");
        assertFalse(read(PASID, IOVA).translated());
    }

    @Test
    void shouldHoldWaitUntilAccessesLetThroughAreCarriedOut() {
        List<Runnable> callbacks = new ArrayList<>();
        unit.iommu().watch(callbacks::add);
        read(PASID, IOVA);
        unit.unmap(PASID, IOVA);
        unit.invalidatePage(PASID, IOVA);
        bench.settle();

        assertFalse(unit.complete());
        callbacks.forEach(Runnable::run);
        bench.settle();
        assertTrue(unit.complete());
    }

    @Test
    void shouldExplainWhatTheTablesSayNowWithoutSideEffect() {
        read(PASID, IOVA);
        unit.unmap(PASID, IOVA);

        assertFalse(unit.iommu().explain(device, PASID, IOVA, Access.READ).translated());
        assertTrue(read(PASID, IOVA).translated());
    }

    @Test
    void shouldAnswerTranslationRequestWithEntryOfThePage() {
        Tlp.Completion completion = bench.ask(device, PASID, IOVA, false);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        long entry = Words.entry(completion, 0);
        assertEquals(PAGE, TranslationEntry.base(entry) & -4096);
        assertEquals(
                TranslationEntry.READ | TranslationEntry.WRITE,
                entry & (TranslationEntry.READ | TranslationEntry.WRITE));
    }

    @Test
    void shouldAnswerTranslationRequestForAbsentPageWithNoAccess() {
        Tlp.Completion completion = bench.ask(device, PASID, OTHER_IOVA, false);

        assertEquals(CompletionStatus.SUCCESS, completion.status());
        assertEquals(0, Words.entry(completion, 0) & 3);
    }

    @Test
    void shouldQueuePageRequestAndSendSoftwaresAnswer() {
        bench.requestPage(device, PASID, OTHER_IOVA, 5);
        assertEquals(1, unit.pageRequests());
        bench.sent.clear();

        unit.respond(PASID, 5);
        bench.settle();

        var response = (Tlp.PageGroupResponse) bench.sent.get(0);
        assertEquals(5, response.prgIndex());
        assertEquals(Tlp.PageGroupResponse.SUCCESS, response.code());
        assertEquals(PASID, response.pasid().pasid());
    }

    @Test
    void shouldHoldWaitUntilDeviceHasCompletedInvalidation() {
        bench.devicesAnswer(false);
        unit.invalidateDevicePage(PASID, IOVA);
        bench.settle();
        assertFalse(unit.complete());

        bench.complete(device, 1);
        bench.settle();

        assertTrue(unit.complete());
    }

    @Test
    void shouldVisitWhatItHasCached() {
        read(PASID, IOVA);
        List<Long> pages = new ArrayList<>();

        unit.iommu()
                .visitTranslations(
                        (requesterId, pasid, iova, shift, output, permissions) -> {
                            assertEquals(PASID, pasid);
                            pages.add(output);
                        });

        assertEquals(List.of(PAGE), pages);
    }

    @Test
    void shouldBeIdleWhenEverythingIsAnswered() {
        assertEquals("", unit.iommu().waitingFor());
        bench.start(device, PASID, IOVA, Access.READ);
        assertNotEquals("", unit.iommu().waitingFor());
        bench.settle();
        assertEquals("", unit.iommu().waitingFor());
    }

    /** Maps, unmaps and asks at random; every answer is one that a careful reader allows. */
    @Test
    void shouldTranslateLikeAMapOfPagesUnderRandomTraffic() {
        var random = new SplittableRandom(5);
        var model = new long[64];
        for (int step = 0; step < 3_000; step++) {
            int page = random.nextInt(model.length);
            long iova = OTHER_IOVA + 0x1000L * (page + 1);
            if (random.nextInt(4) == 0) {
                change(model, page, iova, random);
            } else {
                UnitBench.Outcome outcome = read(PASID, iova + random.nextInt(4096));
                assertEquals(model[page] != 0, outcome.translated(), "step " + step);
                if (outcome.translated()) {
                    assertEquals(model[page], outcome.address() & -4096);
                }
            }
        }
    }

    private void change(long[] model, int page, long iova, SplittableRandom random) {
        if (model[page] == 0) {
            model[page] = 0x10_0000_0000L + random.nextInt(1 << 20) * 4096L;
            unit.map(PASID, iova, model[page], READ_WRITE);
        } else {
            model[page] = 0;
            unit.unmap(PASID, iova);
            unit.invalidatePage(PASID, iova);
            bench.settle();
            assertTrue(unit.complete());
        }
    }
}
