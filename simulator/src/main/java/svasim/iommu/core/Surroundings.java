package svasim.iommu.core;

import svasim.kernel.Kernel;
import svasim.memory.CacheConfig;
import svasim.memory.DirtyLines;
import svasim.memory.FillGuard;
import svasim.memory.MemoryTiming;
import svasim.memory.PhysicalMemory;
import svasim.memory.TaggedCache;
import svasim.pcie.fabric.MessageInterrupts;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * What an IOMMU shares with the rest of the machine.
 *
 * @param name of the unit in traces and statistics, for example {@code iommu0}
 * @param lines what the caches of the cores keep from the unit's walks; null if these look into
 *     them
 * @param interrupts takes the unit's own interrupt messages
 * @param fills the unit's look-ups, for its caches
 * @param forwarding is told what software invalidates; {@link Forwarding#NONE} of hardware
 */
public record Surroundings(
        String name,
        Kernel kernel,
        Trace trace,
        Statistics statistics,
        PhysicalMemory memory,
        MemoryTiming timing,
        DirtyLines lines,
        MessageInterrupts interrupts,
        FillGuard fills,
        Forwarding forwarding) {
    /** Of a unit whose walks look into the caches of the cores. */
    public Surroundings(
            String name,
            Kernel kernel,
            Trace trace,
            Statistics statistics,
            PhysicalMemory memory,
            MemoryTiming timing,
            MessageInterrupts interrupts) {
        this(name, kernel, trace, statistics, memory, timing, null, interrupts);
    }

    public Surroundings(
            String name,
            Kernel kernel,
            Trace trace,
            Statistics statistics,
            PhysicalMemory memory,
            MemoryTiming timing,
            DirtyLines lines,
            MessageInterrupts interrupts) {
        this(
                name,
                kernel,
                trace,
                statistics,
                memory,
                timing,
                lines,
                interrupts,
                new FillGuard(),
                Forwarding.NONE);
    }

    /** The same for a unit that software emulates. */
    public Surroundings with(Forwarding emulation) {
        return new Surroundings(
                name,
                kernel,
                trace,
                statistics,
                memory,
                timing,
                lines,
                interrupts,
                fills,
                emulation);
    }

    /**
     * One of the unit's caches, with its statistics.
     *
     * @param part for example {@code iotlb}
     * @param words payload of an entry
     */
    public TaggedCache cache(String part, CacheConfig config, int words) {
        return new TaggedCache(name + "." + part, config, words, statistics, fills);
    }

    /** The unit's lane in the trace. */
    public int lane() {
        return trace.lane(name);
    }
}
