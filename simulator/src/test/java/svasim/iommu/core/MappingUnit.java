package svasim.iommu.core;

import java.util.List;
import java.util.Set;
import svasim.iommu.core.Invalidation.Reach;

/**
 * A unit with software's side of it, as {@link TranslationContract} needs it: address spaces,
 * numbered like PASIDs, with mappings of 4 KiB pages. Unmapping and invalidating are two steps; a
 * unit that does both at once does so in the second. {@code unbind}, {@code unmap} and the
 * invalidations do not let time pass.
 */
public interface MappingUnit {
    UnitBench bench();

    Iommu iommu();

    /** Function whose requests use an address space. */
    int requesterId(int space);

    /** PASID of the requests that use an address space, or NONE. */
    int pasid(int space);

    /** Time from a request to its answer when every cache hits. */
    long hitPs();

    /** Makes an address space valid, without mappings. */
    void bind(int space);

    /** Makes an address space invalid, in memory. */
    void unbind(int space);

    /** Maps a page that was not mapped; no invalidation. */
    void map(int space, long iova, long output, int access);

    /** Unmaps a page, in memory. */
    void unmap(int space, long iova);

    /** Lets the unit remove one page of an address space, and wait. */
    void invalidatePage(int space, long iova);

    /** Lets the unit remove all translations of an address space, and wait. */
    void invalidateTranslations(int space);

    /**
     * Lets the unit remove the configuration and all translations of an address space, and wait.
     */
    void invalidatePasid(int space);

    /** Whether the waits after all commands so far have completed. */
    boolean complete();

    /**
     * Invalidations of every granularity that the unit has, and of wrong ones, which reach nothing.
     *
     * @param space address space that is meant; its neighbours of the same device exist
     * @param iova page that is meant
     */
    default List<Invalidation> invalidations(int space, long iova) {
        return List.of(
                new Invalidation("page", () -> invalidatePage(space, iova), Set.of(Reach.PAGE)),
                new Invalidation(
                        "address space",
                        () -> invalidateTranslations(space),
                        Set.of(Reach.PAGE, Reach.NEXT_PAGE)));
    }

    /**
     * Changes of entries, pointers and registers that select the tables of an address space, after
     * which the page {@code iova} has the output. They may be made while requests go on.
     */
    default List<LiveChange> liveChanges(int space, long iova, long output) {
        return List.of();
    }
}
