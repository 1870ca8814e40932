package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** What units do alike that walk page tables in memory. */
public abstract class TableContract extends TranslationContract {
    private TableUnit unit;
    private UnitBench bench;

    @Override
    protected abstract TableUnit create();

    @Override
    protected void prepare(MappingUnit created) {
        unit = (TableUnit) created;
        bench = created.bench();
    }

    /** The page stays in a table that no longer belongs to the tree; a walk may be inside. */
    @Test
    void shouldNotFillFromTableThatWasCutOffUnderTheWalk() {
        long top = unit.topEntry(PASID, IOVA);
        long entry = bench.memory.readLong(top);
        for (long delayPs = 0; delayPs < 800_000; delayPs += 7_919) {
            start(PASID, IOVA, Access.READ);
            bench.kernel.run(bench.kernel.nowPs() + delayPs, Long.MAX_VALUE);
            bench.memory.writeLong(top, 0);
            unit.invalidatePage(PASID, IOVA);
            bench.settle();

            assertTrue(unit.complete());
            assertFalse(read(PASID, IOVA).translated(), "after " + delayPs + " ps");
            bench.memory.writeLong(top, entry);
        }
    }

    /**
     * Whatever number of walks keeps the request waiting, and wherever the wait meets it: the old
     * tables serve it before the wait completes, or not at all.
     */
    @Test
    void shouldCompleteWaitOnlyAfterRequestsThatMayUseTheOldTranslation() {
        unit.map(PASID, OTHER_IOVA, OTHER_PAGE, READ_WRITE);
        long top = unit.topEntry(PASID, IOVA);
        long entry = bench.memory.readLong(top);
        int served = 0;
        for (int before = 0; before < 20; before++) {
            unit.invalidateTranslations(PASID);
            bench.settle();
            read(PASID, OTHER_IOVA);
            for (int i = 0; i < before; i++) {
                start(PASID, IOVA + 0x20_0000L * (i + 1), Access.READ);
            }
            int token = start(PASID, IOVA, Access.READ);
            bench.kernel.run(bench.kernel.nowPs() + 10_000, Long.MAX_VALUE);
            bench.memory.writeLong(top, 0);
            unit.invalidatePage(PASID, IOVA);
            while (!unit.complete()) {
                bench.kernel.run(bench.kernel.nowPs() + 1_000, Long.MAX_VALUE);
            }
            boolean pending = bench.outcome(token).pending();
            bench.settle();
            served += bench.outcome(token).translated() ? 1 : 0;

            assertFalse(pending && bench.outcome(token).translated(), before + " walks before");
            assertFalse(read(PASID, IOVA).translated());
            bench.memory.writeLong(top, entry);
        }
        assertTrue(served > 0, "some from the old table");
    }

    @Test
    void shouldExplainWhatTheTablesSayNowWithoutSideEffect() {
        read(PASID, IOVA);
        unit.unmap(PASID, IOVA);

        assertFalse(
                unit.iommu()
                        .explain(unit.requesterId(PASID), unit.pasid(PASID), IOVA, Access.READ)
                        .translated());
        assertTrue(read(PASID, IOVA).translated());
    }
}
