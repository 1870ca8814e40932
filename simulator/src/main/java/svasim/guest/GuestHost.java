package svasim.guest;

import svasim.cpu.Bus;
import svasim.cpu.CpuConfig;
import svasim.cpu.InterruptRoutes;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.os.Os;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * The machine that guests run on.
 *
 * @param cpu the host's cores; those of guests are like them
 * @param bus of the host's cores
 * @param routes which guest has the interrupts of which function
 */
public record GuestHost(
        Os os,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        Frames frames,
        CpuConfig cpu,
        Bus bus,
        InterruptRoutes routes) {}
