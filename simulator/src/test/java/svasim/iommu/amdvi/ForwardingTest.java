package svasim.iommu.amdvi;

import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.ForwardingContract;

/** An AMD IOMMU tells whoever emulates it what software invalidates. */
class ForwardingTest extends ForwardingContract {
    @Override
    protected ContractUnit create() {
        return new AmdViContractTest.Bound();
    }
}
