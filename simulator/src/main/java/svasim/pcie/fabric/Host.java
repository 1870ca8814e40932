package svasim.pcie.fabric;

import svasim.kernel.Kernel;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What the fabric shares with the rest of the machine.
 *
 * @param interrupts takes message-signalled interrupts
 */
public record Host(
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        MemoryTiming timing,
        MessageInterrupts interrupts) {}
