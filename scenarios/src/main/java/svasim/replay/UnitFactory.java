package svasim.replay;

import svasim.iommu.core.Iommu;
import svasim.kernel.Kernel;
import svasim.memory.PhysicalMemory;
import svasim.trace.Trace;

/** Makes the IOMMU that a capture speaks of. */
@FunctionalInterface
interface UnitFactory {
    /** What the unit is built into. */
    record Site(Kernel kernel, Trace trace, PhysicalMemory memory) {}

    /**
     * @throws UnsupportedOperationException if there is no model of this unit
     * @throws IllegalArgumentException if the model lacks a feature
     */
    Iommu create(CaptureUnit unit, Site site);
}
