package svasim.replay;

import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.paging.Access;

/** Compares size, permission, leaf entry and tag of a T line with what the tables say. */
final class LeafComparison {
    private static final int NO_TAG = -1;

    /** Fields of a T line. */
    private static final int MASK = 6;

    private static final int PERMISSION = 7;

    private static final int WALKED = 10;

    /** Accessed and dirty of first-stage entries, which the IOMMU may set and emulators do not. */
    private static final long FIRST_STAGE_STATUS = 1L << 5 | 1L << 6;

    private final Iommu iommu;

    LeafComparison(Iommu iommu) {
        this.iommu = iommu;
    }

    /**
     * Whether an access reached the output address of its line. Of a page that an emulator walked
     * to, but of which it reports neither size nor permission, the line has the first address.
     */
    boolean reaches(Line line, int access, Answer answer) {
        boolean walked = line.states(WALKED) && !line.flag(WALKED, 'b');
        boolean pageOnly = walked && !line.states(MASK) && !line.states(PERMISSION);
        long mask = pageOnly ? (1L << explain(line, access).pageShift()) - 1 : 0;
        return (answer.address() & ~mask) == line.hex(5);
    }

    private Explanation explain(Line line, int access) {
        return iommu.explain(line.number(1), line.pasid(2), line.hex(3), access);
    }

    /** What differs, or an empty text. */
    String difference(Line line, int access) {
        if (!line.states(6) && !line.states(7) && !line.states(8) && !line.states(9)) {
            return "";
        }
        Explanation found = explain(line, access);
        long mask = (1L << found.pageShift()) - 1;
        int permission = found.permissions() & (Access.READ | Access.WRITE);
        if (line.states(6) && line.hex(6) != mask) {
            return "mask " + Long.toHexString(mask);
        }
        if (line.states(7) && line.hex(7) != permission) {
            return "permission " + permission;
        }
        if (line.states(8) && !sameLeaf(line.hex(8), found.leaf())) {
            return "leaf " + Long.toHexString(found.leaf());
        }
        if (line.states(9) && found.tag() != NO_TAG && line.hex(9) != found.tag()) {
            return "tag " + Integer.toHexString(found.tag());
        }
        return "";
    }

    private static boolean sameLeaf(long expected, long found) {
        return ((expected ^ found) & ~FIRST_STAGE_STATUS) == 0;
    }
}
