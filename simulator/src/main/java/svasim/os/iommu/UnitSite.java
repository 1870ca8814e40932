package svasim.os.iommu;

import svasim.cpu.Interrupts;
import svasim.iommu.core.Block;
import svasim.memory.Frames;
import svasim.os.defect.Defect;
import svasim.os.task.Platform;

/**
 * Where an IOMMU is, and what its driver works with.
 *
 * @param name of the unit, for example {@code "iommu0"}
 * @param number of the unit, from 0
 * @param registerBase physical address of its registers
 * @param faultWorkers page request groups that are handled at once
 */
public record UnitSite(
        String name,
        int number,
        long registerBase,
        int faultWorkers,
        IommuOptions options,
        Platform platform,
        Interrupts interrupts) {

    /** Owner of the unit's frames; address spaces have positive numbers. */
    public int owner() {
        return -1 - number;
    }

    /** Whether a bug is switched on. */
    public boolean has(Defect defect) {
        return platform.defects().has(defect);
    }

    /** The block to invalidate for a range; an end of -1 means everything. */
    public Block block(long start, long end) {
        return has(Defect.S32) ? Block.ofSize(start, end) : Block.covering(start, end);
    }

    public Frames frames() {
        return platform.frames();
    }

    /** The unit's I/O page faults, with their workers. */
    public IoPageFaults newFaults() {
        return new IoPageFaults(name, faultWorkers, options, platform);
    }
}
