package svasim.iommu.vtd;

/** What GCMD has switched on and latched, as the translation logic sees it. */
final class RemappingMode {
    private boolean translating;
    private long rootAddress;

    /** TES. */
    boolean translating() {
        return translating;
    }

    void translating(boolean on) {
        translating = on;
    }

    /** RTADDR as it was latched by SRTP. */
    long rootAddress() {
        return rootAddress;
    }

    void rootAddress(long latched) {
        rootAddress = latched;
    }

    /** TTM of the latched RTADDR. */
    int tableMode() {
        return RootTable.mode(rootAddress);
    }
}
