package svasim.iommu.core;

import svasim.kernel.Kernel;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.pcie.fabric.MessageInterrupts;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What an IOMMU shares with the rest of the machine.
 *
 * @param name of the unit in traces and statistics, for example {@code iommu0}
 * @param interrupts takes the unit's own interrupt messages
 */
public record Surroundings(
        String name,
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        MemoryTiming timing,
        MessageInterrupts interrupts) {
    /** The unit's lane in the trace. */
    public int lane() {
        return trace.lane(name);
    }
}
