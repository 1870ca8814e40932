package svasim.replay;

import svasim.iommu.core.Iommu;

/** The models that there are. */
final class Units implements UnitFactory {
    @Override
    public Iommu create(CaptureUnit unit, Site site) {
        throw new UnsupportedOperationException("no model of " + unit.iommu());
    }
}
