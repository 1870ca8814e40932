package svasim.os.iommu.amdvi;

import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PciDevice;
import svasim.paging.Access;

/** An entry of the PPR log (AMD-Vi reference, 7). */
record PprEntry(long word0, long address) {
    private static final int LAST = 41;
    private static final int EXECUTE = 49;
    private static final int READ = 50;
    private static final int WRITE = 53;
    private static final int USER = 54;
    private static final int RESERVED = 55;
    private static final int GUEST = 56;
    private static final long PAGE = 4096;

    int deviceId() {
        return (int) word0 & 0xFFFF;
    }

    int pasid() {
        return (int) (word0 >>> 16) & 0xFFFF | ((int) (word0 >>> 42) & 0xF) << 16;
    }

    /** Whether the request has a PASID. */
    boolean isGuest() {
        return bit(GUEST);
    }

    int index() {
        return (int) (word0 >>> 32) & 0x1FF;
    }

    boolean isLast() {
        return bit(LAST);
    }

    boolean isStopMarker() {
        return isLast() && access() == 0;
    }

    /** Whether a process can have asked for this. */
    boolean isLegal() {
        return isGuest() && !bit(RESERVED) && bit(USER) && !bit(EXECUTE) && pasid() != 0;
    }

    PageRequest request(PciDevice device) {
        return new PageRequest(device, pasid(), address & -PAGE, access(), index(), isLast());
    }

    private int access() {
        return (bit(READ) ? Access.READ : 0) | (bit(WRITE) ? Access.WRITE : 0);
    }

    private boolean bit(int position) {
        return (word0 >>> position & 1) != 0;
    }
}
