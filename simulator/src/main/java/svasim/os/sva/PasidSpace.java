package svasim.os.sva;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import svasim.kernel.Kernel;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PasidSource;
import svasim.os.procedure.Call;

/** The numbers that can be given to address spaces within one device, IOMMU or system. */
final class PasidSpace {
    /** No number is free below the limit. */
    static final int NONE = -1;

    private static final int FIRST = 1;

    private final int id;
    private final PasidConfig config;
    private final Kernel kernel;
    private final Defects defects;
    private final TreeSet<Integer> given = new TreeSet<>();

    /** Until when a number rests, in picoseconds; only with the order that makes it rest. */
    private final Map<Integer, Long> restsUntilPs = new HashMap<>();

    /** Where numbers come from; null if from here. */
    private PasidSource source;

    /** Numbers of the source that nobody has yet. */
    private final TreeSet<Integer> offered = new TreeSet<>();

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

    /** Numbers are those of somebody else from now on. */
    void source(PasidSource giver) {
        source = giver;
    }

    /** Whether a number has to be asked for before one can be taken. */
    boolean isDry() {
        return source != null && offered.isEmpty();
    }

    /** Asks for a number; whether there was one {@link #allocate} tells. */
    Call<?> ask() {
        return source.allocate(offered::add);
    }

    /** Gives a number that was freed back to where it came from. */
    Call<?> giveBack(int number) {
        return source == null ? Call.nothing() : source.free(number);
    }

    /** Takes a free number below the limit, or returns {@link #NONE}. */
    int allocate(int limit) {
        if (source != null) {
            return takeOffered(limit);
        }
        if (defects.has(Defect.I_10) && !given.isEmpty()) {
            return given.first();
        }
        int bound = Math.min(limit, config.limit());
        int number = firstFree(start(bound), bound);
        if (number == NONE) {
            number = firstFree(FIRST, bound);
        }
        if (number != NONE) {
            given.add(number);
            next = number + 1;
        }
        return number;
    }

    private int takeOffered(int limit) {
        if (offered.isEmpty() || offered.first() >= limit) {
            return NONE;
        }
        int number = offered.pollFirst();
        given.add(number);
        return number;
    }

    /**
     * Takes what stands for requests without PASID, which is no number.
     *
     * @return false if another address space has it
     */
    boolean takeUntagged() {
        return given.add(PasidEntry.NO_PASID);
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
            if (rested && !given.contains(number)) {
                return number;
            }
        }
        return NONE;
    }

    void free(int number) {
        if (given.remove(number) && config.restPs() > 0) {
            restsUntilPs.put(number, kernel.nowPs() + config.restPs());
        }
    }

    /** Numbers in use. */
    int inUse() {
        return given.size();
    }
}
