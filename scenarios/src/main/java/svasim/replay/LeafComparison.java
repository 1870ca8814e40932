package svasim.replay;

import svasim.iommu.core.Explanation;
import svasim.iommu.core.Iommu;
import svasim.paging.Access;

/** Compares size, permission, leaf entry and tag of a T line with what the tables say. */
final class LeafComparison {
    /** Fields of a T line. */
    private static final int ACCESS = 4;

    private static final int MASK = 6;

    private static final int PERMISSION = 7;

    private static final int WALKED = 10;

    private final Iommu iommu;
    private final long entryMask;

    /**
     * @param entryStatus bits of an entry that the IOMMU may set where the emulator did not
     */
    LeafComparison(Iommu iommu, long entryStatus) {
        this.iommu = iommu;
        this.entryMask = ~entryStatus;
    }

    /**
     * Whether an access reached the output address of its line. Of a page that an emulator walked
     * to, but of which it reports neither size nor permission, the line has the first address.
     */
    boolean reaches(Line line, int access, long address) {
        boolean walked = line.count() <= WALKED || line.states(WALKED) && !line.flag(WALKED, 'b');
        boolean pageOnly = walked && !line.states(MASK) && !line.states(PERMISSION);
        long mask = pageOnly ? (1L << explain(line, access).pageShift()) - 1 : 0;
        return (address & ~mask) == line.hex(5);
    }

    /** The access that a line states, or the one that it must have been: the tables tell. */
    int access(Line line, boolean granted) {
        if (line.states(ACCESS)) {
            return line.access(ACCESS);
        }
        boolean readable = explain(line, Access.READ).translated();
        return readable == granted ? Access.READ : Access.WRITE;
    }

    Explanation explain(Line line, int access) {
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
        if (line.states(8) && !sameEntry(line.hex(8), found.leaf())) {
            return "leaf " + Long.toHexString(found.leaf());
        }
        if (line.states(9) && line.hex(9) != found.tag()) {
            return "tag " + Integer.toHexString(found.tag());
        }
        return "";
    }

    /** Whether two entries of a table agree in all that software decides. */
    boolean sameEntry(long expected, long found) {
        return ((expected ^ found) & entryMask) == 0;
    }
}
