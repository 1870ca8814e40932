package svasim.os;

import svasim.cpu.Cores;
import svasim.cpu.Interrupts;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.defect.Defects;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** The machine that the operating system runs on. */
public record OsSurroundings(
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        Frames frames,
        Cores cores,
        Interrupts interrupts,
        Defects defects) {}
