package svasim.iommu.vtd;

import svasim.iommu.core.ContractUnit;
import svasim.iommu.core.ForwardingContract;

/** A VT-d unit tells whoever emulates it what software invalidates. */
class ForwardingTest extends ForwardingContract {
    @Override
    protected ContractUnit create() {
        return new VtdUnderTest().started();
    }
}
