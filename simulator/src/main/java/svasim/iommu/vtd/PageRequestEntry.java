package svasim.iommu.vtd;

import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Entry of the page request queue: 32 bytes, of which 16 have a meaning (VT-d 5.10, 7.4.1). */
final class PageRequestEntry {
    private static final long TYPE = 1;
    private static final long PASID_PRESENT = 1 << 8;
    private static final int REQUESTER_SHIFT = 16;
    private static final int PASID_SHIFT = 32;
    private static final long EXECUTE = 1L << 52;
    private static final long PRIVILEGED = 1L << 53;
    private static final long READ = 1;
    private static final long WRITE = 1 << 1;
    private static final long LAST = 1 << 2;
    private static final int GROUP_SHIFT = 3;
    private static final long PAGE = -1L << 12;

    private PageRequestEntry() {}

    static long word0(Tlp.PageRequest request) {
        long word = TYPE | (long) request.requesterId() << REQUESTER_SHIFT;
        PasidPrefix prefix = request.pasid();
        if (prefix == null) {
            return word;
        }
        return word
                | PASID_PRESENT
                | (long) prefix.pasid() << PASID_SHIFT
                | (prefix.execute() ? EXECUTE : 0)
                | (prefix.privileged() ? PRIVILEGED : 0);
    }

    static long word1(Tlp.PageRequest request) {
        return request.pageAddress() & PAGE
                | (long) request.prgIndex() << GROUP_SHIFT
                | (request.read() ? READ : 0)
                | (request.write() ? WRITE : 0)
                | (request.last() ? LAST : 0);
    }
}
