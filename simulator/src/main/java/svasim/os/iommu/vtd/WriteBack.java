package svasim.os.iommu.vtd;

import svasim.cpu.Cpu;

/**
 * __iommu_flush_cache: what the driver has stored has to leave the caches of the cores if walks of
 * the unit do not look into them.
 *
 * @param needed whether they do not
 */
record WriteBack(boolean needed) {
    void lines(Cpu cpu, long address, int bytes) {
        if (needed) {
            cpu.flushLines(address, bytes);
        }
    }
}
