package svasim.pcie.endpoint;

/** What a function can do wrong when it asks for pages (PCI Express Base 5.0, 10.4.1). */
public enum PriBug {
    /** It asks as it should. */
    NONE,
    /** It has more requests open than software has allowed: Outstanding Page Request Allocation. */
    EXCEEDS_ALLOCATION,
    /** It gives every group the same index, also while one of them is open. */
    ONE_INDEX
}
