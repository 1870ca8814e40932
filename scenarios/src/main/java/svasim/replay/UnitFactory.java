package svasim.replay;

import svasim.iommu.core.Iommu;
import svasim.iommu.core.Surroundings;

/** Makes the IOMMU that a capture speaks of. */
@FunctionalInterface
interface UnitFactory {
    /**
     * @throws UnsupportedOperationException if there is no model of this unit
     * @throws IllegalArgumentException if the model lacks a feature
     */
    Iommu create(CaptureUnit unit, Surroundings surroundings);
}
