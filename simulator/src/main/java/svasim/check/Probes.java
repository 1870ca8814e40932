package svasim.check;

import svasim.iommu.core.CachedTranslationVisitor;
import svasim.iommu.core.Explanation;
import svasim.iommu.core.PageRequestBacklog;
import svasim.memory.Frames;
import svasim.pcie.config.ConfigurationSpace;

/** What invariants may look at; nothing here changes a part. */
public interface Probes {
    Frames frames();

    /** Number of functions that can do DMA. */
    int functions();

    /** Requester ID of a function, by its number from 0. */
    int requesterId(int function);

    /** Shows the entries of every IOTLB and of every device's translation cache. */
    void visitTranslations(CachedTranslationVisitor visitor);

    /** What the tables in memory say now about a request of this function. */
    Explanation explain(int requesterId, int pasid, long iova, int access);

    /**
     * First-stage root that the tables name for a PASID of a function, or {@link #NO_ROOT} if the
     * PASID has no entry or a neutral one.
     */
    long rootOf(int requesterId, int pasid);

    long NO_ROOT = -1;

    /** Configuration space of a function; an empty one for an ID that nobody has. */
    ConfigurationSpace configuration(int requesterId);

    /**
     * Configuration space with the PASID and PRI of a function: that of its physical function if it
     * is a virtual one.
     */
    default ConfigurationSpace sharedConfiguration(int requesterId) {
        return configuration(requesterId);
    }

    /** Page requests that wait for software. */
    PageRequestBacklog pageRequests();

    /** Number of the space that a function gets its PASIDs from, as the trace tells it. */
    default long pasidSpace(int requesterId) {
        return 0;
    }

    /** Root of the page tables of an mm. */
    long rootOfMm(int mm);
}
