package svasim.iommu.core;

import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * How a unit walks tables; absent keys take these defaults (assumed, profiles give sources).
 *
 * @param walkers walks that run at once; more wait
 * @param perWalk time that a walk costs besides its reads
 * @param reads where table reads are served
 * @param inOrderWindow untranslated reads that may be under way at once when answers are given in
 *     order of arrival; 0 for answers in any order
 * @source walkers, perWalk, reads: assumed; a profile says where its own are from
 * @source inOrderWindow: chosen: answers in any order
 */
public record WalkConfig(
        Integer walkers, Picoseconds perWalk, WalkReads reads, Integer inOrderWindow) {
    public WalkConfig {
        walkers = walkers == null ? 8 : walkers;
        perWalk = perWalk == null ? Picoseconds.ofNanos(50) : perWalk;
        reads = reads == null ? WalkReads.DRAM : reads;
        inOrderWindow = inOrderWindow == null ? 0 : inOrderWindow;
        Require.positive("walkers", walkers);
        Require.range("inOrderWindow", inOrderWindow, 0, 1 << 16);
    }
}
