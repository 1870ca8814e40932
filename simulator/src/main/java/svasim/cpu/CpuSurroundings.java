package svasim.cpu;

import svasim.kernel.Kernel;
import svasim.memory.DirtyLines;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What the cores share with the rest of the machine.
 *
 * @param lines what their caches keep from units that do not look into them; null if there are none
 */
public record CpuSurroundings(
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        Frames frames,
        Bus bus,
        DirtyLines lines) {
    /** Of a machine in which everybody looks into the caches. */
    public CpuSurroundings(
            Kernel kernel,
            Trace trace,
            Statistics statistics,
            PhysicalMemory memory,
            Frames frames,
            Bus bus) {
        this(kernel, trace, statistics, memory, frames, bus, null);
    }
}
