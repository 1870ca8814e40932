package svasim.iommu.vtd;

import svasim.iommu.core.Bits;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Entry of the page request queue: 32 bytes, of which 16 have a meaning (VT-d 5.10, 7.4.1). */
public record PageRequestEntry(long word0, long word1) {
    public static final int BYTES = 32;

    private static final long TYPE = 1;
    private static final int PASID_PRESENT = 8;
    private static final int REQUESTER_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final int EXECUTE = 52;
    private static final int PRIVILEGED = 53;
    private static final int READ = 0;
    private static final int WRITE = 1;
    private static final int LAST = 2;
    private static final int GROUP_SHIFT = 3;

    static PageRequestEntry of(Tlp.PageRequest request) {
        return new PageRequestEntry(who(request), what(request));
    }

    private static long who(Tlp.PageRequest request) {
        long word = TYPE | (long) request.requesterId() << REQUESTER_SHIFT;
        PasidPrefix prefix = request.pasid();
        if (prefix == null) {
            return word;
        }
        return word
                | 1L << PASID_PRESENT
                | (long) prefix.pasid() << PASID_SHIFT
                | Bits.flag(prefix.execute(), EXECUTE)
                | Bits.flag(prefix.privileged(), PRIVILEGED);
    }

    private static long what(Tlp.PageRequest request) {
        return Bits.inPlace(request.pageAddress(), 63, 12)
                | (long) request.prgIndex() << GROUP_SHIFT
                | Bits.flag(request.read(), READ)
                | Bits.flag(request.write(), WRITE)
                | Bits.flag(request.last(), LAST);
    }

    public int requesterId() {
        return Bits.small(word0, REQUESTER_SHIFT + 15, REQUESTER_SHIFT);
    }

    /** {@code PasidPrefix.NONE} without. */
    public int pasid() {
        return Bits.bit(word0, PASID_PRESENT)
                ? Bits.small(word0, PASID_SHIFT + 19, PASID_SHIFT)
                : PasidPrefix.NONE;
    }

    public boolean last() {
        return Bits.bit(word1, LAST);
    }

    public int groupIndex() {
        return Bits.small(word1, GROUP_SHIFT + 8, GROUP_SHIFT);
    }

    public long page() {
        return Bits.inPlace(word1, 63, 12);
    }

    /** Reading and writing, as {@link Access} has them. */
    public int access() {
        return (Bits.bit(word1, READ) ? Access.READ : 0)
                | (Bits.bit(word1, WRITE) ? Access.WRITE : 0);
    }

    public boolean execute() {
        return Bits.bit(word0, EXECUTE);
    }

    public boolean privileged() {
        return Bits.bit(word0, PRIVILEGED);
    }

    /** Whether it ends the requests of a PASID instead of asking for a page. */
    public boolean stopMarker() {
        return last() && access() == 0;
    }
}
