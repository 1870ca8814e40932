package svasim.replay;

import svasim.iommu.amdvi.AmdVi;
import svasim.iommu.amdvi.AmdViConfig;
import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;
import svasim.iommu.smmuv2.SmmuV2;
import svasim.iommu.smmuv2.SmmuV2Config;
import svasim.iommu.smmuv3.SmmuConfig;
import svasim.iommu.smmuv3.SmmuV3;
import svasim.iommu.virtio.VirtioConfig;
import svasim.iommu.virtio.VirtioIommu;
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
            case "arm-smmuv3" ->
                    new SmmuV3(
                            SmmuConfig.defaults()
                                    .withRegisters(unit.registers())
                                    .withFeatures(unit.features()),
                            surroundings);
            case "amd-vi" ->
                    new AmdVi(
                            AmdViConfig.defaults()
                                    .withRegisters(unit.registers())
                                    .withFeatures(unit.features()),
                            surroundings);
            case "arm-smmuv2" ->
                    new SmmuV2(
                            SmmuV2Config.defaults()
                                    .withRegisters(unit.registers())
                                    .withFeatures(unit.features()),
                            surroundings);
            case "virtio-iommu" ->
                    new VirtioIommu(
                            VirtioConfig.defaults()
                                    .withRegisters(unit.registers())
                                    .withFeatures(unit.features()),
                            surroundings);
            default -> throw new UnsupportedOperationException("no model of " + unit.iommu());
        };
    }
}
