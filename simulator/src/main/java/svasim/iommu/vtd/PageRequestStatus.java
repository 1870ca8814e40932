package svasim.iommu.vtd;

/** Bits of PRS (VT-d 5.10, 11.4.11.4). */
public final class PageRequestStatus {
    /** PPR: requests have been written. */
    public static final int PENDING = 1;

    /** PRO: requests are dropped until software clears it. */
    public static final int OVERFLOW = 1 << 1;

    private PageRequestStatus() {}
}
