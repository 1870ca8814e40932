package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.iommu.amdvi.GuestRootEntry;
import svasim.memory.FrameUse;
import svasim.os.iommu.UnitSite;

/** The GCR3 table of one device: the top page table of each PASID (AMD-Vi reference, 3). */
final class GuestRoots {
    private final UnitSite site;
    private final int levels;
    private final long table;

    /**
     * @param pasidBits width of the PASIDs that the table is for
     */
    GuestRoots(int pasidBits, UnitSite site) {
        this.site = site;
        this.levels =
                Math.max(
                        1, (pasidBits + GuestRootEntry.INDEX_BITS - 1) / GuestRootEntry.INDEX_BITS);
        this.table = allocate();
    }

    private long allocate() {
        return site.frames().allocate(FrameUse.IOMMU_TABLE, site.owner());
    }

    long address() {
        return table;
    }

    int levels() {
        return levels;
    }

    /** Gives all tables back. */
    void free(Cpu cpu) {
        free(cpu, table, levels - 1);
    }

    private void free(Cpu cpu, long at, int level) {
        for (int i = 0; level > 0 && i < 1 << GuestRootEntry.INDEX_BITS; i++) {
            long next = cpu.load(at + (long) i * Long.BYTES);
            if (GuestRootEntry.valid(next)) {
                free(cpu, GuestRootEntry.address(next), level - 1);
            }
        }
        site.frames().free(at);
    }

    /** Shows a page table under a PASID. */
    void set(Cpu cpu, int pasid, long root) {
        cpu.store(entry(cpu, pasid), GuestRootEntry.of(root));
    }

    /** Shows nothing under a PASID. */
    void clear(Cpu cpu, int pasid) {
        cpu.store(entry(cpu, pasid), 0);
    }

    private long entry(Cpu cpu, int pasid) {
        long at = table;
        for (int level = levels - 1; level > 0; level--) {
            long slot = GuestRootEntry.slot(at, pasid, level);
            long next = cpu.load(slot);
            if (!GuestRootEntry.valid(next)) {
                next = GuestRootEntry.of(allocate());
                cpu.store(slot, next);
            }
            at = GuestRootEntry.address(next);
        }
        return GuestRootEntry.slot(at, pasid, 0);
    }
}
