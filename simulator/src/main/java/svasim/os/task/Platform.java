package svasim.os.task;

import svasim.cpu.Cores;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defects;
import svasim.os.reference.References;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What the operating system runs on, and what all of its parts share.
 *
 * @param events the system's own work queue, for what is put off and belongs to no task
 */
public record Platform(
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        Frames frames,
        Cores cores,
        Scheduler scheduler,
        WorkQueue events,
        References references,
        Defects defects) {}
