package svasim.os.iommu;

import java.util.Locale;

/** How requests without PASID are treated: the kinds of a default domain. */
public enum DomainType {
    /** Addresses are physical; nothing is translated or protected. */
    IDENTITY,
    /** Translated by tables of the DMA API; what is unmapped is invalidated at once (strict). */
    DMA,
    /** The same, but many unmappings are invalidated together, later (lazy, flush queue). */
    DMA_FQ,
    /** Every request without PASID is refused. */
    BLOCKED;

    /** As scenarios write it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether there are tables, and device addresses of their own. */
    public boolean isTranslated() {
        return this == DMA || this == DMA_FQ;
    }
}
