package svasim.iommu.vtd;

import java.util.List;
import java.util.SplittableRandom;
import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.SlowTranslator;
import svasim.iommu.core.SlowX86;
import svasim.iommu.core.TestTables;
import svasim.iommu.core.UnitBench;

/** First-stage tables of a PASID in scalable mode. */
class RandomWordsTest extends RandomWordsContract {
    private static final int PASID = 0x23;
    private static final long CONTEXT_CACHE_ALL = 0x11;
    private static final long PASID_CACHE_ALL = 0x37;
    private static final long IOTLB_ALL = 0x12;
    private static final int QUEUE_ERROR = 1 << 4;

    @Override
    protected HostileUnit create() {
        var unit = new VtdUnderTest().started();
        unit.bind(PASID);
        RandomPages.map(unit.stage(PASID), unit);
        return new Hostile(unit);
    }

    private record Hostile(VtdUnderTest unit) implements HostileUnit {
        @Override
        public UnitBench bench() {
            return unit.bench;
        }

        @Override
        public Iommu iommu() {
            return unit.iommu;
        }

        @Override
        public int requesterId() {
            return VtdUnderTest.DEVICE;
        }

        @Override
        public int pasid() {
            return PASID;
        }

        @Override
        public List<Long> configuration() {
            return TestTables.pages(VtdUnderTest.ROOT, VtdUnderTest.PASIDS + 0x1000);
        }

        @Override
        public List<Long> pageTables() {
            return TestTables.pages(VtdUnderTest.TABLES, unit.tablesEnd());
        }

        @Override
        public SlowTranslator slow() {
            long root = unit.stage(PASID).root();
            return new SlowX86(unit.bench.memory, root, 4, SlowTranslator.IDENTITY);
        }

        @Override
        public void program() {
            unit.restarted();
        }

        @Override
        public void forget() {
            mend();
            unit.descriptor(CONTEXT_CACHE_ALL, 0);
            unit.descriptor(PASID_CACHE_ALL, 0);
            unit.descriptor(IOTLB_ALL, 0);
            unit.bench.settle();
            unit.write32(VtdUnderTest.FSTS, -1);
            unit.write32(VtdUnderTest.PRS, -1);
            unit.write64(VtdUnderTest.PQH, unit.read64(VtdUnderTest.PQT));
        }

        @Override
        public boolean command(SplittableRandom random) {
            long q0 = random.nextLong() & (random.nextBoolean() ? -1L : 0xFFFF_FFFF_003FL);
            unit.descriptor(q0, random.nextBoolean() ? 0 : random.nextLong());
            unit.bench.settle();
            return !mend();
        }

        /** Software replaces a refused descriptor by one without effect; returns whether it was. */
        private boolean mend() {
            boolean refused = (unit.read32(VtdUnderTest.FSTS) & QUEUE_ERROR) != 0;
            if (refused) {
                long head = VtdUnderTest.QUEUE + unit.read64(VtdUnderTest.IQH);
                unit.poke(head, CONTEXT_CACHE_ALL);
                unit.poke(head + 8, 0);
                unit.write32(VtdUnderTest.FSTS, QUEUE_ERROR);
                unit.bench.settle();
            }
            return refused;
        }

        @Override
        public long register(SplittableRandom random) {
            return random.nextInt(0x300);
        }
    }
}
