package svasim.replay;

import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.iommu.vtd.VtdConfig;
import svasim.iommu.vtd.VtdIommu;

/** The models that there are. */
final class Units implements UnitFactory {
    @Override
    public Iommu create(CaptureUnit unit, Surroundings surroundings) {
        return switch (unit.iommu()) {
            case "intel-vtd" ->
                    new VtdIommu(
                            VtdConfig.defaults()
                                    .withRegisters(unit.registers())
                                    .withFeatures(unit.features()),
                            surroundings);
            default -> throw new UnsupportedOperationException("no model of " + unit.iommu());
        };
    }
}
