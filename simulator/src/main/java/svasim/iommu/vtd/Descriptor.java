package svasim.iommu.vtd;

import java.util.List;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;

/**
 * An invalidation descriptor (VT-d 5.10, 6.5.2): drivers make it, the unit reads the fields of its
 * words, of which those count that the type has. Of a wide one the rest is 0.
 */
public record Descriptor(long word0, long word1) implements QueueCommand {
    /** Of a descriptor without scalable mode. */
    public static final int NARROW_BYTES = 16;

    public static final int WIDE_BYTES = 32;

    static final int CONTEXT_CACHE = 1;
    public static final int IOTLB = 2;
    public static final int DEVICE_TLB = 3;
    static final int INTERRUPT_ENTRY = 4;
    static final int WAIT = 5;
    public static final int PASID_IOTLB = 6;
    static final int PASID_CACHE = 7;
    public static final int PASID_DEVICE_TLB = 8;
    static final int PAGE_GROUP_RESPONSE = 9;
    static final int HOST_PERMISSIONS = 10;

    private static final List<String> NAMES =
            List.of(
                    "Context-cache Invalidate",
                    "IOTLB Invalidate",
                    "Device-TLB Invalidate",
                    "Interrupt Entry Cache Invalidate",
                    "Invalidation Wait",
                    "PASID-based-IOTLB Invalidate",
                    "PASID-cache Invalidate",
                    "PASID-based-Device-TLB Invalidate",
                    "Page Group Response",
                    "Host Permission Table Invalidate");

    private static final int GRANULARITY_SHIFT = 4;
    private static final int DOMAIN_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final long STATUS_WRITE = 1 << 5;
    private static final long FENCE = 1 << 6;
    private static final long LEAVES_ONLY = 1 << 6;
    private static final long DRAIN_PAGE_REQUESTS = 1 << 7;
    private static final long DRAIN_WRITES_READS = 3 << 6;

    private static final long TYPE_BITS = 0xE0F;
    private static final long PAGE = -1L << 12;

    /** Bits of q0 and q1 that have a meaning, by type. */
    private static final long[] KNOWN_0 = new long[11];

    private static final long[] KNOWN_1 = new long[11];

    static {
        known(CONTEXT_CACHE, 0x0003_FFFF_FFFF_0030L, 0);
        known(IOTLB, 0xFFFF_00F0L, PAGE | 0x7F);
        known(DEVICE_TLB, 0xFFF0_FFFF_001F_F000L, PAGE | 1);
        known(INTERRUPT_ENTRY, 0x0000_FFFF_F800_0010L, 0);
        known(WAIT, 0xFFFF_FFFF_0000_00F0L, -4L);
        known(PASID_IOTLB, 0x000F_FFFF_FFFF_0030L, PAGE | 0x7F);
        known(PASID_CACHE, 0x000F_FFFF_FFFF_0030L, 0);
        known(PASID_DEVICE_TLB, 0xFFFF_FFFF_FFFF_F1F0L & ~TYPE_BITS, PAGE | 1 << 11 | 1);
        known(PAGE_GROUP_RESPONSE, 0x000F_FFFF_FFFF_F010L, 0xFFF);
        known(HOST_PERMISSIONS, 0xFFFF_0030L, PAGE | 0xFF);
    }

    private static void known(int type, long word0, long word1) {
        KNOWN_0[type] = word0 | TYPE_BITS;
        KNOWN_1[type] = word1;
    }

    /** Bits 3:0 and, above them, 11:9. */
    public static int type(long word0) {
        return (int) (word0 & 0xF | word0 >>> 5 & 0x70);
    }

    /** Whether the type is one of this class's. */
    static boolean known(int type) {
        return type >= CONTEXT_CACHE && type <= HOST_PERMISSIONS;
    }

    /** Name of a known type (6.5.2). */
    static String name(int type) {
        return NAMES.get(type - CONTEXT_CACHE);
    }

    static boolean reservedBits(int type, long word0, long word1) {
        return (word0 & ~KNOWN_0[type]) != 0 || (word1 & ~KNOWN_1[type]) != 0;
    }

    /** G of types 1, 2, 6, 7 and A. */
    static int granularity(long word0) {
        return (int) (word0 >>> 4) & 3;
    }

    /** DID of types 1, 2, 6 and 7, HPTDID of type A. */
    static int domain(long word0) {
        return (int) (word0 >>> 16) & 0xFFFF;
    }

    /** SID of types 1 and 3. */
    static int source(long word0) {
        return (int) (word0 >>> 32) & 0xFFFF;
    }

    /** Requester bits that FM leaves out of the comparison. */
    static int functionMask(long word0) {
        return switch ((int) (word0 >>> 48) & 3) {
            case 0 -> 0;
            case 1 -> 1 << 2;
            case 2 -> 3 << 1;
            default -> 7;
        };
    }

    /** PASID of types 6 to 9. */
    static int pasid(long word0) {
        return (int) (word0 >>> 32) & 0xFFFFF;
    }

    /** SID of type 8, RID of type 9. */
    static int requester(long word0) {
        return (int) (word0 >>> 16) & 0xFFFF;
    }

    /** PFSID of types 3 and 8. */
    static int physicalFunction(long word0) {
        return (int) (word0 >>> 12 & 0xF | word0 >>> 48 & 0xFFF0);
    }

    /** MIP: requests that may be under way at once, 1 to 32. */
    static int maxPending(int type, long word0) {
        int field = (int) (word0 >>> (type == DEVICE_TLB ? 16 : 4)) & 0x1F;
        return field == 0 ? 32 : field;
    }

    static long address(long word1) {
        return word1 & PAGE;
    }

    /** AM: the range has 2^AM pages. */
    static int addressMask(long word1) {
        return (int) word1 & 0x3F;
    }

    /** IH: only leaves have changed. */
    static boolean leavesOnly(long word1) {
        return (word1 & LEAVES_ONLY) != 0;
    }

    /** IH of type A, a field of two bits: anything but 0 spares the tables above the leaves. */
    static boolean permissionLeavesOnly(long word1) {
        return (word1 & 3 << 6) != 0;
    }

    /** S of types 3 and 8. */
    static boolean sized(int type, long word1) {
        return (word1 & (type == DEVICE_TLB ? 1 : 1 << 11)) != 0;
    }

    /** GI of type 8. */
    static boolean global(long word1) {
        return (word1 & 1) != 0;
    }

    /** IF of a wait. */
    static boolean interrupts(long word0) {
        return (word0 & 1 << 4) != 0;
    }

    /** SW of a wait. */
    static boolean writesStatus(long word0) {
        return (word0 & 1 << 5) != 0;
    }

    /** FN of a wait. */
    static boolean fences(long word0) {
        return (word0 & FENCE) != 0;
    }

    /** PD of a wait. */
    static boolean drainsPageRequests(long word0) {
        return (word0 & 1 << 7) != 0;
    }

    static int statusData(long word0) {
        return (int) (word0 >>> 32);
    }

    static long statusAddress(long word1) {
        return word1 & -4L;
    }

    /** PP of a page group response. */
    static boolean pasidPresent(long word0) {
        return (word0 & 1 << 4) != 0;
    }

    /** RC of a page group response. */
    static int responseCode(long word0) {
        return (int) (word0 >>> 12) & 0xF;
    }

    /** PRGI of a page group response. */
    static int groupIndex(long word1) {
        return (int) (word1 >>> 3) & 0x1FF;
    }

    public static Descriptor contextCacheGlobal() {
        return new Descriptor(CONTEXT_CACHE | 1 << GRANULARITY_SHIFT, 0);
    }

    /** Of one device. */
    public static Descriptor contextCache(int domain, int requesterId) {
        return new Descriptor(
                CONTEXT_CACHE
                        | 3 << GRANULARITY_SHIFT
                        | (long) domain << DOMAIN_SHIFT
                        | (long) requesterId << 32,
                0);
    }

    public static Descriptor iotlbGlobal() {
        return new Descriptor(IOTLB | 1 << GRANULARITY_SHIFT | DRAIN_WRITES_READS, 0);
    }

    public static Descriptor iotlbDomain(int domain) {
        return new Descriptor(
                IOTLB | 2 << GRANULARITY_SHIFT | DRAIN_WRITES_READS | (long) domain << 16, 0);
    }

    /** Pages of a domain. */
    public static Descriptor iotlb(int domain, Block block) {
        return new Descriptor(
                IOTLB | 3 << GRANULARITY_SHIFT | DRAIN_WRITES_READS | (long) domain << 16,
                block.start() | block.order());
    }

    public static Descriptor pasidCacheGlobal() {
        return new Descriptor(PASID_CACHE | 3 << GRANULARITY_SHIFT, 0);
    }

    public static Descriptor pasidCache(int domain, int pasid) {
        return new Descriptor(
                PASID_CACHE | 1 << GRANULARITY_SHIFT | tag(domain) | (long) pasid << PASID_SHIFT,
                0);
    }

    /** The whole PASID, or a block of pages. */
    public static Descriptor pasidIotlb(int domain, int pasid, Block block) {
        int granularity = block.isAll() ? 2 : 3;
        return new Descriptor(
                PASID_IOTLB
                        | (long) granularity << GRANULARITY_SHIFT
                        | tag(domain)
                        | (long) pasid << PASID_SHIFT,
                block.isAll() ? 0 : block.start() | block.order());
    }

    /** The same pages, of whose tables only leaves have changed (IH). */
    public Descriptor ofLeavesOnly() {
        return new Descriptor(word0, word1 | LEAVES_ONLY);
    }

    /** In a device, translations without PASID. */
    public static Descriptor deviceTlb(int requesterId, int queueDepth, Block block) {
        return new Descriptor(
                DEVICE_TLB
                        | physicalFunction(requesterId)
                        | (long) (queueDepth & 0x1F) << 16
                        | (long) requesterId << 32,
                block.address() | (block.isSized() ? 1 : 0));
    }

    /** In a device, translations of one PASID. */
    public static Descriptor pasidDeviceTlb(
            int requesterId, int queueDepth, int pasid, Block block) {
        return new Descriptor(
                PASID_DEVICE_TLB
                        | (long) (queueDepth & 0x1F) << 4
                        | physicalFunction(requesterId)
                        | (long) requesterId << 16
                        | (long) pasid << PASID_SHIFT,
                block.address() | (block.isSized() ? 1 << 11 : 0));
    }

    /** Completes when everything before has; writes {@code data} to the status address. */
    public static Descriptor statusWait(long statusAddress, int data) {
        return new Descriptor(WAIT | STATUS_WRITE | (long) data << 32, statusAddress);
    }

    /** Holds back what follows until everything before has completed; writes no status. */
    public static Descriptor fence() {
        return new Descriptor(WAIT | FENCE, 0);
    }

    /** The same wait, which also waits for page requests received before it (PD). */
    public Descriptor drainingPageRequests() {
        return new Descriptor(word0 | DRAIN_PAGE_REQUESTS, word1);
    }

    /**
     * @param pasid negative if the request had none
     */
    public static Descriptor response(
            int requesterId, int pasid, int index, PageResponse response) {
        return response(requesterId, pasid, index, response.code());
    }

    /**
     * As {@link #response}, with whatever code.
     *
     * @param code four bits; those that the specification does not define reach the device as well
     */
    public static Descriptor response(int requesterId, int pasid, int index, int code) {
        long present = pasid < 0 ? 0 : 1 << 4 | (long) pasid << PASID_SHIFT;
        return new Descriptor(
                PAGE_GROUP_RESPONSE | (long) code << 12 | (long) requesterId << 16 | present,
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
