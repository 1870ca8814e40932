package svasim.iommu.smmuv3;

import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.ForwardingContract;

/** An SMMUv3 tells whoever emulates it what software invalidates. */
class ForwardingTest extends ForwardingContract {
    @Override
    protected ContractUnit create() {
        return new SmmuContractTest.Bound();
    }
}
