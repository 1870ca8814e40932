package svasim.iommu.smmuv3;

import svasim.iommu.core.Bits;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Entry of the PRI queue, 16 bytes (8.1). */
final class PriEntry {
    static final int BYTES = 16;

    private static final int PASID_SHIFT = 32;
    private static final int PRIVILEGED = 58;
    private static final int EXECUTE = 59;
    private static final int READ = 60;
    private static final int WRITE = 61;
    private static final int LAST = 62;
    private static final int SSV = 63;

    private PriEntry() {}

    static long word0(Tlp.PageRequest request) {
        long word =
                Integer.toUnsignedLong(request.requesterId())
                        | Bits.flag(request.read(), READ)
                        | Bits.flag(request.write(), WRITE)
                        | Bits.flag(request.last(), LAST);
        PasidPrefix prefix = request.pasid();
        return prefix == null ? word : word | substream(prefix);
    }

    static long word1(Tlp.PageRequest request) {
        return Bits.inPlace(request.pageAddress(), 63, 12) | request.prgIndex();
    }

    private static long substream(PasidPrefix prefix) {
        return (long) prefix.pasid() << PASID_SHIFT
                | Bits.flag(prefix.privileged(), PRIVILEGED)
                | Bits.flag(prefix.execute(), EXECUTE)
                | 1L << SSV;
    }
}
