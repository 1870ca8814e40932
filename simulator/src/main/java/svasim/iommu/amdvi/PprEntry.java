package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Record of the PPR log, 16 bytes (7): the unit writes it, the driver reads it. */
public record PprEntry(long word0, long word1) {
    static final int BYTES = 16;

    private static final long TYPE = 1L << 60;
    private static final int PASID_LOW_SHIFT = 16;
    private static final int GROUP_SHIFT = 32;
    private static final int LAST = 41;
    private static final int PASID_HIGH_SHIFT = 42;
    private static final int EXECUTE = 49;
    private static final int READ = 50;
    private static final int WRITE = 53;
    private static final int USER = 54;
    private static final int RESERVED = 55;
    private static final int GN = 56;

    static long word0(Tlp.PageRequest request) {
        long word =
                TYPE
                        | request.requesterId()
                        | (long) request.prgIndex() << GROUP_SHIFT
                        | Bits.flag(request.last(), LAST)
                        | Bits.flag(request.read(), READ)
                        | Bits.flag(request.write(), WRITE);
        PasidPrefix prefix = request.pasid();
        return prefix == null ? word : word | guest(prefix);
    }

    static long word1(Tlp.PageRequest request) {
        return request.pageAddress() & -1L << 12;
    }

    private static long guest(PasidPrefix prefix) {
        return Bits.field(prefix.pasid(), 15, 0) << PASID_LOW_SHIFT
                | Bits.field(prefix.pasid(), 19, 16) << PASID_HIGH_SHIFT
                | Bits.flag(prefix.execute(), EXECUTE)
                | Bits.flag(!prefix.privileged(), USER)
                | 1L << GN;
    }

    /** Whether the unit has written the record; its interrupt may come first. */
    public boolean isThere() {
        return Bits.field(word0, 63, 60) != 0;
    }

    public int deviceId() {
        return Bits.small(word0, 15, 0);
    }

    public int pasid() {
        return Bits.small(word0, PASID_LOW_SHIFT + 15, PASID_LOW_SHIFT)
                | Bits.small(word0, PASID_HIGH_SHIFT + 3, PASID_HIGH_SHIFT) << 16;
    }

    /** GN: the request has a PASID. */
    public boolean isGuest() {
        return Bits.bit(word0, GN);
    }

    public int groupIndex() {
        return Bits.small(word0, GROUP_SHIFT + 8, GROUP_SHIFT);
    }

    public boolean isLast() {
        return Bits.bit(word0, LAST);
    }

    public long address() {
        return Bits.inPlace(word1, 63, 12);
    }

    public boolean reads() {
        return Bits.bit(word0, READ);
    }

    public boolean writes() {
        return Bits.bit(word0, WRITE);
    }

    /** Whether a function can have asked for this that has no PASID to tell of. */
    public boolean isOfFunction() {
        return !isGuest() && !Bits.bit(word0, RESERVED) && !Bits.bit(word0, EXECUTE);
    }

    /** Whether a program of a process can have asked for this. */
    public boolean isOfProcess() {
        return isGuest()
                && !Bits.bit(word0, RESERVED)
                && Bits.bit(word0, USER)
                && !Bits.bit(word0, EXECUTE)
                && pasid() != 0;
    }
}
