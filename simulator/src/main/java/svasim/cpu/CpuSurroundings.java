package svasim.cpu;

import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** What the cores share with the rest of the machine. */
public record CpuSurroundings(
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        Frames frames,
        Bus bus) {}
