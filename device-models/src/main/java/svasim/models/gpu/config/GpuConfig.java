package svasim.models.gpu.config;

import svasim.device.DriverStyle;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * A GPU; absent keys take these defaults. The shape of the shader core is that which gem5 and
 * MGPUSim give to GCN, scaled down to few compute units; sizes and times of the translation caches
 * are those of gem5's GPU models where their source says so, at 1 GHz.
 *
 * @param computeUnits compute units that wavefronts are spread over
 * @param wavefronts wavefronts that a compute unit holds at once
 * @param cycle length of a clock cycle
 * @param issueCycles cycles from one memory instruction of a compute unit to the next: 64 lanes
 *     through 16
 * @param memoryPipe time that a memory instruction spends in the unit besides its accesses, as 50
 *     cycles to memory and 50 back
 * @param coalescer whether lanes that touch one line of 64 bytes share an access; else each lane
 *     makes its own
 * @param unitTlb entries of the translation cache of a compute unit (UTCL1), fully associative
 * @param sharedTlbSets sets of 16 entries of the translation cache that all share (UTCL2)
 * @param faults what a wavefront does whose page is missing
 * @param retryEvery time after which a wavefront tries again ({@link Faults#RETRY})
 * @param queues hardware queue slots (HQD); more queues than slots take turns
 * @param vmids hardware contexts, each with one PASID; more processes than contexts take turns
 * @param quantum time that a queue may run while others wait for its slot
 * @param preemption how a queue is taken off the hardware; saves where faults evict, else drains
 * @param restoreAfter time from an eviction of queues to the attempt to restore them ({@link
 *     Faults#EVICT}); 1 ms for user memory in amdkfd
 * @param local memory of its own, of a discrete GPU; without, it has that of the system only
 * @param driver when the driver stops the queues of a process, and unbinds
 * @source computeUnits: chosen: few, so that runs are short
 * @source wavefronts: gem5's GCN3 model has ten for each of four SIMDs, of which this is one
 * @source cycle, issueCycles, memoryPipe, unitTlb: gem5's GCN3 model and the first of its
 *     translation caches, at 1 GHz
 * @source sharedTlbSets: assumed: 512 entries, an eighth of gem5's, for few compute units
 * @source coalescer, faults, preemption, driver: chosen
 * @source local: chosen: an integrated GPU
 * @source retryEvery, quantum: assumed
 * @source restoreAfter: amdkfd, from memory, for ranges of user memory; under pressure on its own
 *     memory it waits 100 ms (PROCESS_RESTORE_TIME_MS)
 * @source queues: drivers/gpu/drm/amd: eight queues of a pipe
 * @source vmids: drivers/gpu/drm/amd: 8 to 15 are for compute
 */
public record GpuConfig(
        Integer computeUnits,
        Integer wavefronts,
        Picoseconds cycle,
        Integer issueCycles,
        Picoseconds memoryPipe,
        Boolean coalescer,
        Integer unitTlb,
        Integer sharedTlbSets,
        Faults faults,
        Picoseconds retryEvery,
        Integer queues,
        Integer vmids,
        Picoseconds quantum,
        Preemption preemption,
        Picoseconds restoreAfter,
        LocalMemoryConfig local,
        DriverStyle driver) {
    /** Ways of the translation cache that all compute units share; gem5 has 32, MGPUSim 64. */
    public static final int SHARED_TLB_WAYS = 16;

    /** Cycles of a look-up there (gem5). */
    public static final int SHARED_TLB_CYCLES = 69;

    /** What becomes of a wavefront whose page is missing. */
    public enum Faults {
        /** The device asks for the page by PRI, the wavefront waits for the answer. */
        STALL,
        /**
         * The wavefront holds its instruction and replays it again and again, while the driver
         * learns of the fault by an interrupt (XNACK).
         */
        RETRY,
        /**
         * A wavefront cannot go on by itself: the driver takes the queues of the process off, makes
         * all pages of its work present, and lets them go on. It does the same when pages go
         * (amdkfd without XNACK).
         */
        EVICT
    }

    /** How a queue is taken off the hardware. */
    public enum Preemption {
        /** Nothing new is begun; wavefronts that run come to their end. */
        DRAIN,
        /** Wavefronts are thrown away; a dispatch that was cut begins anew later. */
        RESET,
        /**
         * Wavefronts stop between two instructions, and their state is saved in memory of the
         * process, from where they go on later (CWSR).
         */
        SAVE
    }

    public GpuConfig {
        computeUnits = computeUnits == null ? 4 : computeUnits;
        wavefronts = wavefronts == null ? 10 : wavefronts;
        cycle = cycle == null ? Picoseconds.ofNanos(1) : cycle;
        issueCycles = issueCycles == null ? 4 : issueCycles;
        memoryPipe = memoryPipe == null ? Picoseconds.ofNanos(100) : memoryPipe;
        coalescer = coalescer == null || coalescer;
        unitTlb = unitTlb == null ? 32 : unitTlb;
        sharedTlbSets = sharedTlbSets == null ? 32 : sharedTlbSets;
        faults = faults == null ? Faults.STALL : faults;
        retryEvery = retryEvery == null ? Picoseconds.ofMicros(2) : retryEvery;
        queues = queues == null ? 8 : queues;
        vmids = vmids == null ? 8 : vmids;
        quantum = quantum == null ? Picoseconds.ofMicros(500) : quantum;
        Preemption usual = faults == Faults.EVICT ? Preemption.SAVE : Preemption.DRAIN;
        preemption = preemption == null ? usual : preemption;
        restoreAfter = restoreAfter == null ? Picoseconds.ofMicros(1000) : restoreAfter;
        driver = driver == null ? DriverStyle.AMDKFD : driver;
        Require.range("computeUnits", computeUnits, 1, 256);
        Require.range("wavefronts", wavefronts, 1, 40);
        Require.positive("cycle", cycle.value());
        Require.range("issueCycles", issueCycles, 1, 64);
        Require.range("unitTlb", unitTlb, 1, 4096);
        Require.powerOfTwo("sharedTlbSets", sharedTlbSets);
        Require.positive("retryEvery", retryEvery.value());
        Require.range("queues", queues, 1, 64);
        Require.range("vmids", vmids, 1, 64);
        Require.positive("quantum", quantum.value());
        boolean drains = faults != Faults.EVICT || preemption != Preemption.DRAIN;
        Require.that(drains, "preemption", preemption, "save or reset, where faults evict");
        Require.positive("restoreAfter", restoreAfter.value());
        Require.that(
                driver == DriverStyle.AMDKFD || driver == DriverStyle.I915,
                "driver",
                driver,
                "amdkfd or i915");
    }

    /** All defaults. */
    public GpuConfig() {
        this(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null, null, null);
    }
}
