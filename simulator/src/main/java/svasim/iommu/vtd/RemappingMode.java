package svasim.iommu.vtd;

/** What GCMD has switched on and latched, as the translation logic sees it. */
final class RemappingMode {
    private final ConfigurationRules rules;
    private boolean translating;
    private long rootAddress;

    RemappingMode(ConfigurationRules rules) {
        this.rules = rules;
    }

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

    /** TTM of the latched RTADDR; a mode that is not supported counts as reserved. */
    int tableMode() {
        return rules.tableMode(rootAddress);
    }
}
