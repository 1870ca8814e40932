package svasim.iommu.core;

/** What is asked of an IOMMU about an address. */
public enum RequestKind {
    /** A memory request with AT 00. */
    UNTRANSLATED,
    /** An ATS Translation Request, AT 01. */
    TRANSLATION_REQUEST,
    /** A memory request with AT 10. */
    TRANSLATED,
    /** A PRI Page Request; only the device's and the PASID's tables are looked at. */
    PAGE_REQUEST
}
