package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import svasim.paging.Access;

/**
 * One store of a {@link LiveChange} and its invalidation, with requests at a chosen moment: each is
 * answered as the tables said before the store or say after it, and once the wait has completed
 * only as they say after it, because nothing old may be left in any cache.
 */
final class LiveChangeTrial {
    private static final long FAULT = -1;

    private final MappingUnit unit;
    private final UnitBench bench;
    private final int space;
    private final long iova;
    private final long output;
    private final LiveChange change;

    LiveChangeTrial(MappingUnit unit, int space, long iova, long output, int number) {
        this.unit = unit;
        this.bench = unit.bench();
        this.space = space;
        this.iova = iova;
        this.output = output;
        this.change = unit.liveChanges(space, iova, output).get(number);
    }

    /** Makes the first stores, each to its end. */
    void begin(int stores) {
        for (int i = 0; i < stores; i++) {
            change.stores().get(i).run();
            change.invalidation().run();
            bench.settle();
        }
    }

    /** The request is under way for some time when the store and the invalidation come. */
    void requestFirst(int store, long delayPs) {
        long before = now();
        int token = start();
        run(delayPs);
        change.stores().get(store).run();
        change.invalidation().run();
        finish(store, before, token);
    }

    /** Requests come after the store, one at once and one later, and then the invalidation. */
    void storeFirst(int store, long delayPs) {
        long before = now();
        change.stores().get(store).run();
        int first = start();
        run(delayPs);
        int second = start();
        change.invalidation().run();
        finish(store, before, first, second);
    }

    /** The request comes while the invalidation is under way. */
    void invalidationFirst(int store, long delayPs) {
        long before = now();
        int first = start();
        change.stores().get(store).run();
        change.invalidation().run();
        run(delayPs);
        long stillSeen = unit.complete() ? now() : before;
        int second = start();
        bench.settle();
        assertOneOf(store, answer(first), before);
        finish(store, stillSeen, second);
    }

    private void finish(int store, long before, int... tokens) {
        bench.settle();
        String what = change.name() + ", store " + store;
        long after = now();
        for (int token : tokens) {
            assertOneOf(store, answer(token), before);
        }
        assertTrue(unit.complete(), what);
        int token = start();
        bench.settle();
        assertEquals(after, answer(token), what + ": after the invalidation");
        if (store == change.stores().size() - 1) {
            assertEquals(output, after, what + ": in the end");
        }
    }

    private void assertOneOf(int store, long answer, long before) {
        if (answer != before) {
            assertEquals(now(), answer, change.name() + ", store " + store + ": meanwhile");
        }
    }

    private int start() {
        return bench.start(unit.requesterId(space), unit.pasid(space), iova, Access.READ);
    }

    private void run(long forPs) {
        bench.kernel.run(bench.kernel.nowPs() + forPs, Long.MAX_VALUE);
    }

    /** Address that the request got, or FAULT; it must be answered. */
    private long answer(int token) {
        UnitBench.Outcome outcome = bench.outcome(token);
        assertFalse(outcome.pending(), change.name() + ": no answer");
        return outcome.translated() ? outcome.address() : FAULT;
    }

    /** What the tables say now. */
    private long now() {
        Explanation tables =
                unit.iommu().explain(unit.requesterId(space), unit.pasid(space), iova, Access.READ);
        return tables.translated() ? tables.address() : FAULT;
    }
}
