package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.iommu.core.QueueCommand;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.TranslationEntry;

/**
 * A command, 16 bytes (5): drivers make it, the unit reads its fields, of which those count that
 * the opcode has.
 */
public record Command(long word0, long word1) implements QueueCommand {
    private static final int OPCODE_SHIFT = 60;
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

    private static final int PAGE_SHIFT = 12;

    int opcode() {
        return (int) Bits.field(word0, 63, OPCODE_SHIFT);
    }

    int deviceId() {
        return Bits.small(word0, 15, 0);
    }

    /** S of a completion wait: data is stored. */
    boolean stores() {
        return Bits.bit(word0, 0);
    }

    /** I of a completion wait. */
    boolean interrupts() {
        return Bits.bit(word0, 1);
    }

    long storeAddress() {
        return Bits.inPlace(word0, 51, 3);
    }

    long storeData() {
        return word1;
    }

    int domain() {
        return Bits.small(word0, 47, 32);
    }

    /** PASID of an invalidation of the unit's own pages. */
    int pasid() {
        return Bits.small(word0, 19, 0);
    }

    /** S: the address holds the size of the range. */
    boolean sized() {
        return Bits.bit(word1, 0);
    }

    /** PDE: tables are forgotten too. */
    boolean tables() {
        return Bits.bit(word1, 1);
    }

    /** GN: the command is about guest translations, or a request with PASID. */
    boolean guest() {
        return Bits.bit(word1, 2);
    }

    /** Address with its size code. */
    long address() {
        return Bits.inPlace(word1, 63, PAGE_SHIFT);
    }

    /** log2 of the range that is invalidated; an address without a 0 covers everything too. */
    int rangeShift() {
        int coded = TranslationEntry.shift(address() | TranslationEntry.SIZE);
        return sized() ? Math.min(coded, TranslationEntry.EVERYTHING) : PAGE_SHIFT;
    }

    /** MaxPend: invalidations that may be under way for a queue of a device. */
    int maxPending() {
        return Bits.small(word0, 31, 24);
    }

    int queueId() {
        return Bits.small(word0, 47, 32);
    }

    /** Type of an invalidation of a device's IOTLB. */
    int iotlbType() {
        return Bits.small(word1, 5, 4);
    }

    /** PASID of an invalidation of a device's IOTLB, which lies in three places; null without. */
    PasidPrefix iotlbPasid() {
        long pasid =
                Bits.field(word0, 55, 48)
                        | Bits.field(word0, 23, 16) << 8
                        | Bits.field(word0, 59, 56) << 16;
        return guest() ? new PasidPrefix((int) pasid) : null;
    }

    /** PASID of an answer to page requests; null without. */
    PasidPrefix responsePasid() {
        return guest() ? new PasidPrefix(Bits.small(word0, 51, 32)) : null;
    }

    /** PFCount. */
    int prefetchCount() {
        return Bits.small(word0, 31, 24);
    }

    /** PASID of a prefetch; NONE without. */
    int prefetchPasid() {
        return guest() ? Bits.small(word0, 51, 32) : PasidPrefix.NONE;
    }

    /** Inval: what is known of the pages is to be read anew. */
    boolean prefetchInvalidates() {
        return Bits.bit(word1, 4);
    }

    int groupIndex() {
        return Bits.small(word1, 40, 32);
    }

    /** Status of an answer to page requests. */
    int responseStatus() {
        return Bits.small(word1, 47, 44);
    }

    /** Stores data when everything before is done. */
    public static Command completionWait(long address, long data) {
        return new Command(opcode(Opcode.COMPLETION_WAIT) | address | STORE, data);
    }

    public static Command deviceTableEntry(int deviceId) {
        return new Command(opcode(Opcode.INVALIDATE_DEVTAB_ENTRY) | deviceId, 0);
    }

    public static Command everything() {
        return new Command(opcode(Opcode.INVALIDATE_IOMMU_ALL), 0);
    }

    /** A block of a PASID's guest translations in the unit, with the tables above them. */
    public static Command guestPages(int domain, int pasid, Block block) {
        return new Command(
                opcode(Opcode.INVALIDATE_IOMMU_PAGES) | (long) domain << DOMAIN_SHIFT | pasid,
                range(block) | TABLES | GUEST);
    }

    /** A block of a domain's host translations in the unit, with the tables above them. */
    public static Command hostPages(int domain, Block block) {
        return new Command(
                opcode(Opcode.INVALIDATE_IOMMU_PAGES) | (long) domain << DOMAIN_SHIFT,
                range(block) | TABLES);
    }

    /**
     * A block of translations in a device.
     *
     * @param pasid negative for those without PASID
     */
    public static Command devicePages(int deviceId, int queueDepth, int pasid, Block block) {
        long word =
                opcode(Opcode.INVALIDATE_IOTLB_PAGES)
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
    public static Command completePpr(int deviceId, int pasid, int index, PageResponse response) {
        long tag = (long) index << TAG_SHIFT | (long) response.code() << STATUS_SHIFT;
        return pasid == PasidPrefix.NONE
                ? new Command(opcode(Opcode.COMPLETE_PPR_REQUEST) | deviceId, tag)
                : new Command(
                        opcode(Opcode.COMPLETE_PPR_REQUEST)
                                | deviceId
                                | (long) pasid << PASID_SHIFT,
                        tag | GUEST);
    }

    private static long range(Block block) {
        return block.address() | (block.isSized() ? SIZED : 0);
    }

    private static long opcode(Opcode opcode) {
        return (long) opcode.code() << OPCODE_SHIFT;
    }
}
