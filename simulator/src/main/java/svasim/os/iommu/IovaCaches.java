package svasim.os.iommu;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Device addresses of one domain with the caches of the cores before them (iova_rcache): ranges of
 * up to 32 pages that a core gives back are kept by it in magazines, by size, and are the first
 * that it hands out again. A full magazine goes to a depot, from which every core may take it.
 */
final class IovaCaches {
    /** Largest range that is kept: 2^5 pages. */
    private static final int LARGEST_ORDER = 5;

    /** Ranges of a magazine (IOVA_MAG_SIZE). */
    private static final int MAGAZINE = 127;

    private static final int PAGE_SHIFT = 12;

    private final IovaSpace space;
    private final boolean enabled;
    private final Map<Integer, Shelf> shelves = new HashMap<>();
    private final Map<Integer, Deque<Deque<Long>>> depots = new HashMap<>();

    /** Two magazines of one core for one size. */
    private static final class Shelf {
        private Deque<Long> loaded = new ArrayDeque<>();
        private Deque<Long> previous = new ArrayDeque<>();

        void swap() {
            Deque<Long> other = previous;
            previous = loaded;
            loaded = other;
        }
    }

    /**
     * @param enabled false if every range goes back to the space at once
     */
    IovaCaches(IovaSpace space, boolean enabled) {
        this.space = space;
        this.enabled = enabled;
    }

    /**
     * Takes a range: one that the core has kept, else the highest that is free. If there is none,
     * all that the cores have kept goes back first.
     *
     * @param bytes whole pages
     * @return its first address, or {@link IovaSpace#NONE}
     */
    long allocate(int core, long bytes) {
        int order = order(bytes);
        boolean kept = order <= LARGEST_ORDER && enabled;
        Deque<Long> magazine = kept ? filled(shelf(core, order), order) : null;
        if (magazine != null) {
            return magazine.pop();
        }
        long size = kept ? 1L << order + PAGE_SHIFT : bytes;
        long start = space.allocate(size);
        if (start == IovaSpace.NONE) {
            giveBackAll();
            start = space.allocate(size);
        }
        return start;
    }

    /** What the cores and depots have kept is free again (free_iova_rcaches). */
    private void giveBackAll() {
        shelves.values().forEach(shelf -> giveBack(List.of(shelf.loaded, shelf.previous)));
        depots.values().forEach(this::giveBack);
        shelves.clear();
        depots.clear();
    }

    private void giveBack(Collection<Deque<Long>> magazines) {
        magazines.forEach(magazine -> magazine.forEach(space::free));
    }

    /** A magazine with something in it: the loaded one, the one before it, one of the depot. */
    private Deque<Long> filled(Shelf shelf, int order) {
        if (shelf.loaded.isEmpty() && !shelf.previous.isEmpty()) {
            shelf.swap();
        }
        if (shelf.loaded.isEmpty() && !depot(order).isEmpty()) {
            shelf.loaded = depot(order).pop();
        }
        return shelf.loaded.isEmpty() ? null : shelf.loaded;
    }

    /** Gives a range back. */
    void free(int core, long start, long bytes) {
        int order = order(bytes);
        if (order > LARGEST_ORDER || !enabled) {
            space.free(start);
            return;
        }
        Shelf shelf = shelf(core, order);
        if (shelf.loaded.size() == MAGAZINE) {
            shelf.swap();
        }
        if (shelf.loaded.size() == MAGAZINE) {
            depot(order).push(shelf.loaded);
            shelf.loaded = new ArrayDeque<>();
        }
        shelf.loaded.push(start);
    }

    private Shelf shelf(int core, int order) {
        return shelves.computeIfAbsent(core * (LARGEST_ORDER + 1) + order, key -> new Shelf());
    }

    private Deque<Deque<Long>> depot(int order) {
        return depots.computeIfAbsent(order, key -> new ArrayDeque<>());
    }

    private static int order(long bytes) {
        return Long.SIZE - Long.numberOfLeadingZeros((bytes >>> PAGE_SHIFT) - 1);
    }
}
