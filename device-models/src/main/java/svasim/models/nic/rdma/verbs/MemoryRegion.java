package svasim.models.nic.rdma.verbs;

import svasim.device.DeviceTable;
import svasim.os.iommu.DmaBuffer;

/**
 * Memory of a process that was registered: whole pages.
 *
 * @param table entries of the card in memory of the host; null if the card has them
 */
record MemoryRegion(RdmaContext context, int key, long start, long bytes, DmaBuffer table) {
    long end() {
        return start + bytes;
    }

    boolean contains(long address, long length) {
        return address >= start && address + length <= end();
    }

    boolean overlaps(long from, long to) {
        return from < end() && start < to;
    }

    int pages() {
        return (int) (bytes / DeviceTable.PAGE);
    }
}
