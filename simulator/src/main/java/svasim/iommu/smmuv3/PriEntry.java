package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Entry of the PRI queue, 16 bytes (8.1). */
public record PriEntry(long word0, long word1) {
    public static final int BYTES = 16;

    private static final int PASID_SHIFT = 32;
    private static final int PRIVILEGED = 58;
    private static final int EXECUTE = 59;
    private static final int READ = 60;
    private static final int WRITE = 61;
    private static final int LAST = 62;
    private static final int SSV = 63;

    static PriEntry of(Tlp.PageRequest request) {
        PasidPrefix prefix = request.pasid();
        return new PriEntry(
                who(request) | (prefix == null ? 0 : substream(prefix)),
                Bits.inPlace(request.pageAddress(), 63, 12) | request.prgIndex());
    }

    private static long who(Tlp.PageRequest request) {
        return Integer.toUnsignedLong(request.requesterId())
                | Bits.flag(request.read(), READ)
                | Bits.flag(request.write(), WRITE)
                | Bits.flag(request.last(), LAST);
    }

    private static long substream(PasidPrefix prefix) {
        return (long) prefix.pasid() << PASID_SHIFT
                | Bits.flag(prefix.privileged(), PRIVILEGED)
                | Bits.flag(prefix.execute(), EXECUTE)
                | 1L << SSV;
    }

    public int streamId() {
        return (int) word0;
    }

    /** SubstreamID, or {@code PasidPrefix.NONE}. */
    public int pasid() {
        return Bits.bit(word0, SSV)
                ? Bits.small(word0, PASID_SHIFT + 19, PASID_SHIFT)
                : PasidPrefix.NONE;
    }

    public boolean last() {
        return Bits.bit(word0, LAST);
    }

    /** What is asked for, of {@link Access}. */
    public int access() {
        return (Bits.bit(word0, READ) ? Access.READ : 0)
                | (Bits.bit(word0, WRITE) ? Access.WRITE : 0)
                | (Bits.bit(word0, EXECUTE) ? Access.EXECUTE : 0)
                | (Bits.bit(word0, PRIVILEGED) ? Access.PRIVILEGED : 0);
    }

    /** Whether it ends the requests of a PASID instead of asking for a page. */
    public boolean stopMarker() {
        return last() && Bits.bit(word0, SSV) && (access() & (Access.READ | Access.WRITE)) == 0;
    }

    public int groupIndex() {
        return Bits.small(word1, 8, 0);
    }

    public long page() {
        return Bits.inPlace(word1, 63, 12);
    }
}
