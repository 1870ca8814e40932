package svasim.os.sva;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.Kernel;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.mm.AddressSpace;

/** The numbers that can be given to address spaces within one device, IOMMU or system. */
final class PasidSpace {
    /** No number is free below the limit. */
    static final int NONE = -1;

    private static final int FIRST = 1;

    private final int id;
    private final PasidConfig config;
    private final Kernel kernel;
    private final Defects defects;
    private final TreeMap<Integer, AddressSpace> owners = new TreeMap<>();

    /** Until when a number rests, in picoseconds; only with the order that makes it rest. */
    private final Map<Integer, Long> restsUntilPs = new HashMap<>();

    private int next = FIRST;

    /**
     * @param id number of the space in the trace
     */
    PasidSpace(int id, PasidConfig config, Kernel kernel, Defects defects) {
        this.id = id;
        this.config = config;
        this.kernel = kernel;
        this.defects = defects;
    }

    int id() {
        return id;
    }

    /** Takes a free number below the limit, or returns {@link #NONE}. */
    int allocate(int limit, AddressSpace owner) {
        if (defects.has(Defect.I_10) && !owners.isEmpty()) {
            return owners.firstKey();
        }
        int bound = Math.min(limit, config.limit());
        int number = firstFree(start(bound), bound);
        if (number == NONE) {
            number = firstFree(FIRST, bound);
        }
        if (number != NONE) {
            owners.put(number, owner);
            next = number + 1;
        }
        return number;
    }

    /**
     * Takes what stands for requests without PASID, which is no number.
     *
     * @return false if another address space has it
     */
    boolean takeUntagged(AddressSpace owner) {
        return owners.putIfAbsent(PasidEntry.NO_PASID, owner) == null;
    }

    /** Where the search for a free number begins. */
    private int start(int bound) {
        return switch (config.order()) {
            case LOWEST, DELAYED -> FIRST;
            case CYCLIC -> next;
            case RANDOM -> FIRST + (int) kernel.random("pasids").below(Math.max(1, bound - FIRST));
        };
    }

    private int firstFree(int from, int bound) {
        for (int number = from; number < bound; number++) {
            boolean rested = kernel.nowPs() >= restsUntilPs.getOrDefault(number, 0L);
            if (rested && !owners.containsKey(number)) {
                return number;
            }
        }
        return NONE;
    }

    void free(int number) {
        boolean owned = owners.containsKey(number);
        owners.remove(number);
        if (owned && config.restPs() > 0) {
            restsUntilPs.put(number, kernel.nowPs() + config.restPs());
        }
    }

    /** Numbers in use. */
    int inUse() {
        return owners.size();
    }
}
