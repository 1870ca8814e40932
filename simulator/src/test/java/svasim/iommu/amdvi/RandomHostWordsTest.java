package svasim.iommu.amdvi;

import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;

/** Host tables, with a page of coded size and levels that are skipped. */
class RandomHostWordsTest extends RandomWordsContract {
    @Override
    protected HostileUnit create() {
        var unit = new AmdViUnderTest().on();
        Stage host = unit.hostDevice(6, AmdViUnderTest.PPR, AmdViUnderTest.ATS);
        RandomPages.map(host, unit);
        new PageTableEditor(host, unit)
                .map(RandomPages.CODED, 0x2_5550_0000L, 16, AmdViUnderTest.READ_WRITE);
        long root = host.root();
        unit.store(root, unit.load(unit.load(root) & 0xF_FFFF_FFFF_F000L));
        var slow = new SlowHostTables(unit.bench.memory, root, 6);
        return new HostileAmdVi(unit, AmdViUnderTest.NO_PASID, slow);
    }
}
