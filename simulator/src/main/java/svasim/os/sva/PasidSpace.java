package svasim.os.sva;

import java.util.ArrayDeque;
import java.util.BitSet;
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
    private final BitSet owned = new BitSet();

    /** Numbers that nobody gets: they have an owner, or rest. */
    private final BitSet taken = new BitSet();

    /** Where numbers come from; null if from here. */
    private PasidSource source;

    /** Numbers of the source that nobody has yet. */
    private final TreeSet<Integer> offered = new TreeSet<>();

    /** Whether an address space has what stands for requests without PASID. */
    private boolean untaggedTaken;

    /** Freed numbers that rest, in the order in which their rest ends. */
    private final ArrayDeque<Resting> resting = new ArrayDeque<>();

    private int inUse;
    private int next = FIRST;

    /** No number below is free. */
    private int lowest = FIRST;

    private record Resting(int number, long untilPs) {}

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
        if (defects.has(Defect.I_10) && !owned.isEmpty()) {
            return owned.nextSetBit(FIRST);
        }
        endRests();
        int bound = Math.min(limit, config.limit());
        int number = firstFree(start(bound), bound);
        if (number == NONE) {
            number = firstFree(FIRST, bound);
        }
        if (number != NONE) {
            take(number);
            next = number + 1;
        }
        return number;
    }

    private int takeOffered(int limit) {
        if (offered.isEmpty() || offered.first() >= limit) {
            return NONE;
        }
        int number = offered.pollFirst();
        take(number);
        return number;
    }

    private void take(int number) {
        owned.set(number);
        taken.set(number);
        inUse++;
    }

    private void endRests() {
        while (!resting.isEmpty() && resting.peek().untilPs() <= kernel.nowPs()) {
            makeFree(resting.remove().number());
        }
    }

    private void makeFree(int number) {
        taken.clear(number);
        lowest = Math.min(lowest, number);
    }

    /**
     * Takes what stands for requests without PASID, which is no number.
     *
     * @return false if another address space has it
     */
    boolean takeUntagged() {
        boolean free = !untaggedTaken;
        untaggedTaken = true;
        inUse += free ? 1 : 0;
        return free;
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
        int number = taken.nextClearBit(Math.max(from, lowest));
        if (from <= lowest) {
            lowest = number;
        }
        return number < bound ? number : NONE;
    }

    void free(int number) {
        if (number == PasidEntry.NO_PASID) {
            inUse -= untaggedTaken ? 1 : 0;
            untaggedTaken = false;
        } else if (owned.get(number)) {
            owned.clear(number);
            inUse--;
            if (config.restPs() > 0) {
                resting.add(new Resting(number, kernel.nowPs() + config.restPs()));
            } else {
                makeFree(number);
            }
        }
    }

    /** Numbers in use. */
    int inUse() {
        return inUse;
    }
}
