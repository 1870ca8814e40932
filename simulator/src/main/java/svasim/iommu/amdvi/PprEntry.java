package svasim.iommu.amdvi;

import svasim.iommu.core.Bits;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Record of the PPR log, 16 bytes (7). */
final class PprEntry {
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
    private static final int GN = 56;

    private PprEntry() {}

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
}
