package svasim.os.iommu.vtd;

import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;

/** An invalidation descriptor as the driver writes it (VT-d 6.5.2): the two words with content. */
record Descriptor(long word0, long word1) implements QueueCommand {
    private static final int CONTEXT_CACHE = 1;
    private static final int IOTLB = 2;
    private static final int DEVICE_TLB = 3;
    private static final int WAIT = 5;
    private static final int PASID_IOTLB = 6;
    private static final int PASID_CACHE = 7;
    private static final int PASID_DEVICE_TLB = 8;
    private static final int PAGE_GROUP_RESPONSE = 9;

    private static final int GRANULARITY_SHIFT = 4;
    private static final int DOMAIN_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final long STATUS_WRITE = 1 << 5;
    private static final long FENCE = 1 << 6;
    private static final long DRAIN_PAGE_REQUESTS = 1 << 7;
    private static final long DRAIN_WRITES_READS = 3 << 6;

    static Descriptor contextCacheGlobal() {
        return new Descriptor(CONTEXT_CACHE | 1 << GRANULARITY_SHIFT, 0);
    }

    /** Of one device. */
    static Descriptor contextCache(int domain, int requesterId) {
        return new Descriptor(
                CONTEXT_CACHE
                        | 3 << GRANULARITY_SHIFT
                        | (long) domain << DOMAIN_SHIFT
                        | (long) requesterId << 32,
                0);
    }

    static Descriptor iotlbGlobal() {
        return new Descriptor(IOTLB | 1 << GRANULARITY_SHIFT | DRAIN_WRITES_READS, 0);
    }

    static Descriptor iotlbDomain(int domain) {
        return new Descriptor(
                IOTLB | 2 << GRANULARITY_SHIFT | DRAIN_WRITES_READS | (long) domain << 16, 0);
    }

    /** Pages of a domain. */
    static Descriptor iotlb(int domain, Block block) {
        return new Descriptor(
                IOTLB | 3 << GRANULARITY_SHIFT | DRAIN_WRITES_READS | (long) domain << 16,
                block.start() | block.order());
    }

    static Descriptor pasidCacheGlobal() {
        return new Descriptor(PASID_CACHE | 3 << GRANULARITY_SHIFT, 0);
    }

    static Descriptor pasidCache(int domain, int pasid) {
        return new Descriptor(
                PASID_CACHE | 1 << GRANULARITY_SHIFT | tag(domain) | (long) pasid << PASID_SHIFT,
                0);
    }

    /** The whole PASID, or a block of pages. */
    static Descriptor pasidIotlb(int domain, int pasid, Block block) {
        int granularity = block.isAll() ? 2 : 3;
        return new Descriptor(
                PASID_IOTLB
                        | (long) granularity << GRANULARITY_SHIFT
                        | tag(domain)
                        | (long) pasid << PASID_SHIFT,
                block.isAll() ? 0 : block.start() | block.order());
    }

    /** In a device, translations without PASID. */
    static Descriptor deviceTlb(int requesterId, int queueDepth, Block block) {
        return new Descriptor(
                DEVICE_TLB
                        | physicalFunction(requesterId)
                        | (long) (queueDepth & 0x1F) << 16
                        | (long) requesterId << 32,
                block.address() | (block.isSized() ? 1 : 0));
    }

    /** In a device, translations of one PASID. */
    static Descriptor pasidDeviceTlb(int requesterId, int queueDepth, int pasid, Block block) {
        return new Descriptor(
                PASID_DEVICE_TLB
                        | (long) (queueDepth & 0x1F) << 4
                        | physicalFunction(requesterId)
                        | (long) requesterId << 16
                        | (long) pasid << PASID_SHIFT,
                block.address() | (block.isSized() ? 1 << 11 : 0));
    }

    /** Completes when everything before has; writes {@code data} to the status address. */
    static Descriptor statusWait(long statusAddress, int data) {
        return new Descriptor(WAIT | STATUS_WRITE | (long) data << 32, statusAddress);
    }

    /** Holds back what follows until everything before has completed; writes no status. */
    static Descriptor fence() {
        return new Descriptor(WAIT | FENCE, 0);
    }

    /** The same wait, which also waits for page requests received before it (PD). */
    Descriptor drainingPageRequests() {
        return new Descriptor(word0 | DRAIN_PAGE_REQUESTS, word1);
    }

    /**
     * @param pasid negative if the request had none
     */
    static Descriptor response(int requesterId, int pasid, int index, PageResponse response) {
        long present = pasid < 0 ? 0 : 1 << 4 | (long) pasid << PASID_SHIFT;
        return new Descriptor(
                PAGE_GROUP_RESPONSE
                        | (long) response.code() << 12
                        | (long) requesterId << 16
                        | present,
                (long) index << 3);
    }

    private static long tag(int domain) {
        return (long) domain << DOMAIN_SHIFT;
    }

    /** PFSID: the function itself, since virtual functions are not modelled. */
    private static long physicalFunction(int requesterId) {
        return (long) (requesterId & 0xF) << 12 | (long) (requesterId >>> 4) << 52;
    }
}
