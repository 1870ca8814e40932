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
import svasim.iommu.core.Invalidation.Reach;
import svasim.paging.Access;

/** What every unit does alike, whatever its mappings and commands look like. */
public abstract class TranslationContract {
    protected static final int PASID = 0x23;
    protected static final int OTHER_PASID = 0x24;
    protected static final long IOVA = 0x7F3A_5C6D_7000L;
    protected static final long OTHER_IOVA = IOVA + 0x1000;
    protected static final long PAGE = 0x2_3456_7000L;
    protected static final long OTHER_PAGE = 0x2_4444_4000L;

    protected static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final int OFFSET = 0xE80;

    private MappingUnit unit;
    private UnitBench bench;

    /** A unit that is switched on, with nothing bound. */
    protected abstract MappingUnit create();

    @BeforeEach
    void prepare() {
        unit = create();
        prepare(unit);
        bench = unit.bench();
        unit.bind(PASID);
        unit.bind(OTHER_PASID);
        unit.map(PASID, IOVA, PAGE, READ_WRITE);
    }

    /** Hands the unit of the next test to a more special contract. */
    protected void prepare(MappingUnit created) {}

    protected final UnitBench.Outcome read(int space, long address) {
        int token = start(space, address, Access.READ);
        bench.settle();
        return bench.outcome(token);
    }

    private UnitBench.Outcome write(int space, long address) {
        int token = start(space, address, Access.WRITE);
        bench.settle();
        return bench.outcome(token);
    }

    /** Starts a request in the address space of a PASID. */
    protected final int start(int space, long address, int access) {
        return bench.start(unit.requesterId(space), unit.pasid(space), address, access);
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
        int token = start(PASID, IOVA, Access.READ);

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
            tokens.add(start(PASID, IOVA + 64L * i, Access.READ));
        }
        bench.settle();

        tokens.forEach(token -> assertTrue(bench.outcome(token).translated()));
        assertEquals(walks + 1, bench.counter("walk.count"));
    }

    @Test
    void shouldNotFillFromWalkThatInvalidationOvertook() {
        read(PASID, OTHER_IOVA);
        for (long delayPs = 0; delayPs < 800_000; delayPs += 7_919) {
            int token = start(PASID, IOVA, Access.READ);
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

    /** However the two meet; the walk may have begun with the configuration. */
    @Test
    void shouldKeepResultOfWalkThatUnrelatedInvalidationOvertook() {
        for (long delayPs = 0; delayPs < 800_000; delayPs += 7_919) {
            unit.unmap(PASID, IOVA);
            unit.invalidatePage(PASID, IOVA);
            bench.settle();
            unit.map(PASID, IOVA, PAGE, READ_WRITE);
            int token = start(PASID, IOVA, Access.READ);
            bench.kernel.run(bench.kernel.nowPs() + delayPs, Long.MAX_VALUE);
            unit.invalidatePage(PASID, OTHER_IOVA);
            bench.settle();
            assertTrue(bench.outcome(token).translated());
            long walks = bench.counter("walk.count");

            assertEquals(PAGE, read(PASID, IOVA).address());
            assertEquals(walks, bench.counter("walk.count"), "after " + delayPs + " ps");
        }
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
    void shouldVisitWhatItHasCached() {
        read(PASID, IOVA);
        List<Long> pages = new ArrayList<>();

        unit.iommu()
                .visitTranslations(
                        (requesterId, pasid, iova, shift, output, permissions) -> {
                            assertEquals(unit.requesterId(PASID), requesterId);
                            assertEquals(unit.pasid(PASID), pasid);
                            pages.add(output);
                        });

        assertEquals(List.of(PAGE), pages);
    }

    @Test
    void shouldBeIdleWhenEverythingIsAnswered() {
        assertEquals("", unit.iommu().waitingFor());
        start(PASID, IOVA, Access.READ);
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

    /** Everything is cached, and gone from memory: what still answers has not been removed. */
    @Test
    void shouldRemoveWhatEachInvalidationReachesAndNothingElse() {
        int count = unit.invalidations(PASID, IOVA).size();
        for (int i = 0; i < count; i++) {
            prepare();
            Invalidation invalidation = unit.invalidations(PASID, IOVA).get(i);
            unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
            unit.map(OTHER_PASID, IOVA, OTHER_PAGE, READ_WRITE);
            read(PASID, IOVA);
            read(PASID, OTHER_IOVA);
            read(OTHER_PASID, IOVA);
            unit.unmap(PASID, IOVA);
            unit.unmap(PASID, OTHER_IOVA);
            unit.unmap(OTHER_PASID, IOVA);

            invalidation.command().run();
            bench.settle();

            assertTrue(unit.complete(), invalidation.name());
            assertGone(invalidation, Reach.PAGE, PASID, IOVA);
            assertGone(invalidation, Reach.NEXT_PAGE, PASID, OTHER_IOVA);
            assertGone(invalidation, Reach.OTHER_SPACE, OTHER_PASID, IOVA);
        }
    }

    private void assertGone(Invalidation invalidation, Reach reach, int space, long iova) {
        boolean gone = invalidation.reaches().contains(reach);
        assertEquals(!gone, read(space, iova).translated(), invalidation.name() + ": " + reach);
    }

    /** Of units that name such invalidations; others keep no configuration. */
    @Test
    void shouldForgetWhoseTablesOnlyWithInvalidationsOfConfiguration() {
        List<Invalidation> named = unit.invalidations(PASID, IOVA);
        boolean keeps = named.stream().anyMatch(i -> i.reaches().contains(Reach.CONFIGURATION));
        int count = keeps ? named.size() : 0;
        for (int i = 0; i < count; i++) {
            prepare();
            Invalidation invalidation = unit.invalidations(PASID, IOVA).get(i);
            boolean reaches = invalidation.reaches().contains(Reach.CONFIGURATION);
            unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
            read(PASID, IOVA);
            unit.unbind(PASID);

            invalidation.command().run();
            bench.settle();

            assertEquals(!reaches, read(PASID, OTHER_IOVA).translated(), invalidation.name());
        }
    }

    /** Requests, mapping and unmapping at once; a slow, obvious model says what may be answered. */
    @Test
    void shouldAnswerOnlyWhatTheTablesSaidSinceTheLastCompletedInvalidation() {
        for (int seed = 0; seed < 8; seed++) {
            prepare();
            new RandomTraffic(unit, PASID, OTHER_IOVA + 0x1000, seed).run(1_500);
        }
    }

    /** Whatever the moment: no mixture of old and new, and nothing old after the invalidation. */
    @Test
    void shouldFollowALiveChangeOfItsConfigurationStoreByStore() {
        int changes = unit.liveChanges(PASID, IOVA, OTHER_PAGE).size();
        for (int change = 0; change < changes; change++) {
            for (long delayPs = 0; delayPs < 1_600_000; delayPs += 39_979) {
                follow(change, delayPs);
            }
        }
    }

    private void follow(int number, long delayPs) {
        prepare();
        int stores = unit.liveChanges(PASID, IOVA, OTHER_PAGE).get(number).stores().size();
        for (int store = 0; store < stores; store++) {
            for (boolean warm : List.of(false, true)) {
                trial(number, store, warm).requestFirst(store, delayPs);
                trial(number, store, warm).storeFirst(store, delayPs);
                trial(number, store, warm).invalidationFirst(store, delayPs);
            }
        }
    }

    /** A new unit in the middle of the change. */
    private LiveChangeTrial trial(int change, int store, boolean warm) {
        prepare();
        if (warm) {
            read(OTHER_PASID, IOVA);
        }
        var trial = new LiveChangeTrial(unit, PASID, IOVA, OTHER_PAGE, change);
        trial.begin(store);
        bench.slowPieces(400_000);
        return trial;
    }
}
