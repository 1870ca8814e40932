package svasim.iommu.virtio;

import svasim.iommu.core.TranslationCache;

/**
 * Everything that an access asks.
 *
 * @param translations absent for look-ups without side effects
 * @param pageSizes page_size_mask
 * @param granuleShift log2 of the smallest page
 */
record Lookups(
        VirtioConfig config,
        DeviceState device,
        Domains domains,
        TranslationCache translations,
        long pageSizes,
        int granuleShift) {
    static Lookups of(
            VirtioConfig config,
            DeviceState device,
            Domains domains,
            TranslationCache translations) {
        DeviceFields fields = config.fields();
        return new Lookups(
                config,
                device,
                domains,
                translations,
                fields.value("page_size_mask"),
                fields.granuleShift());
    }
}
