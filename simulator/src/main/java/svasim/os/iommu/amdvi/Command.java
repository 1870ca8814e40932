package svasim.os.iommu.amdvi;

import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;
import svasim.pcie.tlp.PasidPrefix;

/** A command as the driver writes it (AMD-Vi reference, 5). */
record Command(long word0, long word1) implements QueueCommand {
    private static final long COMPLETION_WAIT = 1L << 60;
    private static final long DEVICE_TABLE_ENTRY = 2L << 60;
    private static final long IOMMU_PAGES = 3L << 60;
    private static final long IOTLB_PAGES = 4L << 60;
    private static final long COMPLETE_PPR = 7L << 60;
    private static final long IOMMU_ALL = 8L << 60;

    private static final long STORE = 1;
    private static final long SIZED = 1;
    private static final long TABLES = 1 << 1;
    private static final long GUEST = 1 << 2;
    private static final int DOMAIN_SHIFT = 32;
    private static final int PASID_SHIFT = 32;
    private static final int MAX_PENDING_SHIFT = 24;
    private static final int QUEUE_SHIFT = 32;
    private static final int TAG_SHIFT = 32;
    private static final int STATUS_SHIFT = 44;

    /** Stores data when everything before is done. */
    static Command completionWait(long address, long data) {
        return new Command(COMPLETION_WAIT | address | STORE, data);
    }

    static Command deviceTableEntry(int deviceId) {
        return new Command(DEVICE_TABLE_ENTRY | deviceId, 0);
    }

    static Command everything() {
        return new Command(IOMMU_ALL, 0);
    }

    /** A block of a PASID's guest translations in the unit, with the tables above them. */
    static Command guestPages(int domain, int pasid, Block block) {
        return new Command(
                IOMMU_PAGES | (long) domain << DOMAIN_SHIFT | pasid, range(block) | TABLES | GUEST);
    }

    /** A block of a domain's host translations in the unit, with the tables above them. */
    static Command hostPages(int domain, Block block) {
        return new Command(IOMMU_PAGES | (long) domain << DOMAIN_SHIFT, range(block) | TABLES);
    }

    /**
     * A block of translations in a device.
     *
     * @param pasid negative for those without PASID
     */
    static Command devicePages(int deviceId, int queueDepth, int pasid, Block block) {
        long word =
                IOTLB_PAGES
                        | deviceId
                        | (long) queueDepth << MAX_PENDING_SHIFT
                        | (long) deviceId << QUEUE_SHIFT;
        return pasid == PasidPrefix.NONE
                ? new Command(word, range(block))
                : new Command(word | split(pasid), range(block) | GUEST);
    }

    /** The PASID of an IOTLB command stands in three pieces. */
    private static long split(int pasid) {
        return (long) (pasid >>> 8 & 0xFF) << 16
                | (long) (pasid & 0xFF) << 48
                | (long) (pasid >>> 16 & 0xF) << 56;
    }

    /**
     * @param pasid negative if the answer carries none
     */
    static Command completePpr(int deviceId, int pasid, int index, PageResponse response) {
        long tag = (long) index << TAG_SHIFT | (long) response.code() << STATUS_SHIFT;
        return pasid == PasidPrefix.NONE
                ? new Command(COMPLETE_PPR | deviceId, tag)
                : new Command(COMPLETE_PPR | deviceId | (long) pasid << PASID_SHIFT, tag | GUEST);
    }

    private static long range(Block block) {
        return block.address() | (block.isSized() ? SIZED : 0);
    }
}
