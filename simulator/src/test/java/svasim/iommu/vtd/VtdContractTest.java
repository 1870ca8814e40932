package svasim.iommu.vtd;

import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.IommuContract;

/** VT-d in scalable mode keeps the contract of all units. */
class VtdContractTest extends IommuContract {
    @Override
    protected ContractUnit create() {
        return new VtdUnderTest().started();
    }
}
