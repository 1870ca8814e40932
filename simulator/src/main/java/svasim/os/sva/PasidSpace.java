package svasim.os.sva;

import java.util.TreeMap;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.mm.Mm;

/** The numbers that can be given to address spaces: lowest free number first (an IDA). */
final class PasidSpace {
    /** No number is free below the limit. */
    static final int NONE = -1;

    private static final int FIRST = 1;

    private final int id;
    private final Defects defects;
    private final TreeMap<Integer, Mm> owners = new TreeMap<>();

    /**
     * @param id number of the space in the trace
     */
    PasidSpace(int id, Defects defects) {
        this.id = id;
        this.defects = defects;
    }

    int id() {
        return id;
    }

    /** Takes the lowest free number below the limit, or returns {@link #NONE}. */
    int allocate(int limit, Mm owner) {
        if (defects.has(Defect.I_10) && !owners.isEmpty()) {
            return owners.firstKey();
        }
        int number = FIRST;
        while (owners.containsKey(number)) {
            number++;
        }
        if (number >= limit) {
            return NONE;
        }
        owners.put(number, owner);
        return number;
    }

    void free(int number) {
        owners.remove(number);
    }

    /** Numbers in use. */
    int inUse() {
        return owners.size();
    }
}
