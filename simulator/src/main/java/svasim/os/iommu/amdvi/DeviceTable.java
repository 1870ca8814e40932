package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.iommu.amdvi.DeviceTableBase;
import svasim.iommu.amdvi.DeviceTableEntry;
import svasim.memory.FrameUse;
import svasim.os.iommu.UnitSite;

/** The device table, for every DeviceID (AMD-Vi reference, 2). */
final class DeviceTable {
    private static final int FRAMES = 512;

    private final long table;

    DeviceTable(UnitSite site) {
        table = site.frames().allocateContiguous(FrameUse.IOMMU_TABLE, site.owner(), FRAMES);
    }

    /** Value of the base register. */
    long baseRegister() {
        return DeviceTableBase.of(table, FRAMES);
    }

    /** Writes an entry that is not valid yet, the valid bit last. */
    void publish(Cpu cpu, int deviceId, long word0, long word1) {
        long entry = table + (long) deviceId * DeviceTableEntry.BYTES;
        cpu.store(entry + 2 * Long.BYTES, 0);
        cpu.store(entry + Long.BYTES, word1);
        cpu.store(entry, word0);
    }
}
