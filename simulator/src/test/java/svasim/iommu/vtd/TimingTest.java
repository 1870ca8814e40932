package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;

/** When answers come: to the picosecond, by the parameters that make the time. */
class TimingTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long PAGE = 0x4000_0000L;

    private final VtdUnderTest unit = new VtdUnderTest().started();
    private final VtdConfig config = unit.config;

    @BeforeEach
    void prepare() {
        unit.bind(PASID);
        for (int i = 0; i < 3; i++) {
            unit.map(PASID, PAGE + 0x1000L * i, 0x7000, Access.READ);
        }
    }

    private void answersExactlyAfter(long ps, long address) {
        unit.bench.settle();
        int token = unit.bench.start(DEVICE, PASID, address, Access.READ);

        unit.bench.kernel.run(unit.bench.kernel.nowPs() + ps - 1, Long.MAX_VALUE);
        assertTrue(unit.bench.outcome(token).pending());
        unit.bench.kernel.run(unit.bench.kernel.nowPs() + 1, Long.MAX_VALUE);
        assertFalse(unit.bench.outcome(token).pending());
        assertTrue(unit.bench.outcome(token).translated());
    }

    private void read(long address) {
        unit.bench.access(DEVICE, PASID, address, Access.READ);
    }

    @Test
    void shouldNeedOneReadWhenTheLastTableIsKnown() {
        read(PAGE);
        long leaf = walkPs(1) + accessedPs(PAGE + 0x1000);

        answersExactlyAfter(unit.hitPs() + leaf, PAGE + 0x1000);
    }

    @Test
    void shouldReadEveryTableWhenNothingIsKnown() {
        read(PAGE);
        unit.invalidatePasid(PASID);
        unit.descriptor(0x11, 0);

        long configuration = config.walks().perWalk().value() + (1 + 2 + 1 + 4) * reading();
        answersExactlyAfter(unit.hitPs() + configuration + walkPs(4), PAGE);
    }

    @Test
    void shouldCountTheReadsOfAColdRequest() {
        read(PAGE);

        assertEquals(8 + 4, unit.bench.counter("walk.reads"));
        assertEquals(2, unit.bench.counter("walk.count"));
    }

    /** A page walk with so many reads; the structure cache is asked first. */
    private long walkPs(int reads) {
        return config.walks().perWalk().value()
                + config.firstStageCache().lookup().value()
                + reads * reading();
    }

    /** The update of the accessed bit, if software has not set it. */
    private long accessedPs(long page) {
        long leaf = unit.load(unit.leafEntry(PASID, page));
        return (leaf & 1 << 5) != 0 ? 0 : UnitBench.DRAM_PS;
    }

    private static long reading() {
        return UnitBench.DRAM_PS;
    }
}
