package svasim.iommu.amdvi;

import svasim.iommu.core.HostileUnit;
import svasim.iommu.core.RandomPages;
import svasim.iommu.core.RandomWordsContract;
import svasim.iommu.core.TestTables;
import svasim.paging.Stage;

/** Guest tables of a PASID over host tables. */
class RandomWordsTest extends RandomWordsContract {
    @Override
    protected HostileUnit create() {
        var unit = new AmdViUnderTest().on();
        Stage host = unit.hostDevice(4, AmdViUnderTest.NESTED, 0);
        unit.storeDevice(1, AmdViUnderTest.root1(AmdViUnderTest.ATS));
        Stage guest = unit.bind(AmdViUnderTest.PASID);
        RandomPages.map(guest, unit);
        RandomPages.mapBelow(host, unit, TestTables.pages(AmdViUnderTest.TABLES, unit.tablesEnd()));
        var below = new SlowHostTables(unit.bench.memory, host.root(), 4);
        int pasid = AmdViUnderTest.PASID;
        var slow = new SlowGuestTables(unit.bench.memory, AmdViUnderTest.GCR3, pasid, below);
        return new HostileAmdVi(unit, pasid, slow);
    }
}
