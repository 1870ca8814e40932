package svasim.os.iommu;

/**
 * Which of the abilities that make up shared virtual addressing a device is used with (life of a
 * PASID, 2.13): numbers of address spaces in its requests, page faults that it can wait for, page
 * tables of processes.
 */
public enum FeatureSubset {
    /** Everything: the device uses the addresses of many processes, as their threads do. */
    FULL_SVA("full SVA", true, true, true),
    /** Every page that the device may touch is pinned; others fail. */
    PINNED_SVA("pinned SVA without IOPF", true, false, true),
    /** The function as a whole belongs to one process: its requests have no PASID. */
    FUNCTION_SVA("IOPF without PASID", false, true, true),
    /** The same, with every page pinned. */
    SHARED_TABLES("page-table sharing alone", false, false, true),
    /** Pages of the DMA API come when the device asks for them; there is no process. */
    PAGE_FAULTS("IOPF alone", false, true, false),
    /** Address spaces of a driver's own making, one for each PASID, mapped and unmapped by it. */
    AUXILIARY("auxiliary domain", true, false, false),
    /**
     * Addresses of a process by a page table in the device that the driver keeps (HMM), each page
     * mapped by the DMA API.
     */
    MIRROR("an HMM-style mirror", false, false, false),
    /** Addresses of the DMA API, kept in the device's own translation cache. */
    ATS_ALONE("ATS alone", false, false, false),
    /** Addresses of the DMA API, translated by the IOMMU. */
    NONE("no part of SVA", false, false, false);

    private final String title;
    private final boolean pasid;
    private final boolean pageFaults;
    private final boolean processTables;

    FeatureSubset(String title, boolean pasid, boolean pageFaults, boolean processTables) {
        this.title = title;
        this.pasid = pasid;
        this.pageFaults = pageFaults;
        this.processTables = processTables;
    }

    /** As reports call it, for example {@code "pinned SVA without IOPF"}. */
    public String title() {
        return title;
    }

    /** Whether requests carry the number of their address space. */
    public boolean usesPasid() {
        return pasid;
    }

    /** Whether the device waits for pages that are not there, and gets them. */
    public boolean takesPageFaults() {
        return pageFaults;
    }

    /** Whether the IOMMU walks the page tables of a process. */
    public boolean sharesPageTables() {
        return processTables;
    }

    /** The whole of it in one line. */
    public String text() {
        return String.format(
                "%s (PASID %s, IOPF %s, page tables of processes %s)",
                title, yes(pasid), yes(pageFaults), yes(processTables));
    }

    private static String yes(boolean has) {
        return has ? "yes" : "no";
    }
}
