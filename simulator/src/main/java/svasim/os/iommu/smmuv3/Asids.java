package svasim.os.iommu.smmuv3;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import svasim.os.mm.AddressSpace;

/** The unit's own ASIDs, lowest first from 1; an address space has one as long as it is bound. */
final class Asids {
    private final int bits;
    private final BitSet used = new BitSet();
    private final Map<AddressSpace, Shared> spaces = new HashMap<>();

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
    boolean haveRoomFor(AddressSpace space) {
        return spaces.containsKey(space) || isAnyFree();
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
    int use(AddressSpace space) {
        Shared shared = spaces.computeIfAbsent(space, s -> new Shared(allocate()));
        shared.users++;
        return shared.asid;
    }

    /** The number of an address space in use. */
    int of(AddressSpace space) {
        return spaces.get(space).asid;
    }

    /**
     * A device uses the address space no more.
     *
     * @return true if no other does; the number is still taken
     */
    boolean drop(AddressSpace space) {
        return --spaces.get(space).users == 0;
    }

    /** Gives the number of an address space back that nobody uses. */
    void free(AddressSpace space) {
        used.clear(spaces.remove(space).asid);
    }
}
