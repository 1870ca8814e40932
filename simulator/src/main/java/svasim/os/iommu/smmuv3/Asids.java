package svasim.os.iommu.smmuv3;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import svasim.os.mm.Mm;

/** The unit's own ASIDs, lowest first from 1; an address space has one as long as it is bound. */
final class Asids {
    private final int bits;
    private final BitSet used = new BitSet();
    private final Map<Mm, Shared> spaces = new HashMap<>();

    private static final class Shared {
        private final int asid;
        private int users;

        Shared(int asid) {
            this.asid = asid;
        }
    }

    /**
     * @param bits width of an ASID
     */
    Asids(int bits) {
        this.bits = bits;
        used.set(0);
    }

    /** Whether the address space has a number or can get one. */
    boolean haveRoomFor(Mm mm) {
        return spaces.containsKey(mm) || isAnyFree();
    }

    /** Whether a number can be taken. */
    boolean isAnyFree() {
        return used.nextClearBit(1) >>> bits == 0;
    }

    /** Takes a number for good; there has to be one. */
    int allocate() {
        int asid = used.nextClearBit(1);
        used.set(asid);
        return asid;
    }

    /** A device uses the address space. */
    int use(Mm mm) {
        Shared shared = spaces.computeIfAbsent(mm, m -> new Shared(allocate()));
        shared.users++;
        return shared.asid;
    }

    /** The number of an address space in use. */
    int of(Mm mm) {
        return spaces.get(mm).asid;
    }

    /**
     * A device uses the address space no more.
     *
     * @return true if no other does; the number is still taken
     */
    boolean drop(Mm mm) {
        return --spaces.get(mm).users == 0;
    }

    /** Gives the number of an address space back that nobody uses. */
    void free(Mm mm) {
        used.clear(spaces.remove(mm).asid);
    }
}
