package svasim.pcie.endpoint;

/** Is shown what an ATC holds. */
@FunctionalInterface
public interface AtcVisitor {
    /**
     * @param pasid {@code PasidPrefix.NONE} without
     * @param address first untranslated address
     * @param entry word of the translation completion, with address, size and permissions (see
     *     {@link svasim.pcie.tlp.TranslationEntry})
     */
    void entry(int pasid, long address, long entry);
}
