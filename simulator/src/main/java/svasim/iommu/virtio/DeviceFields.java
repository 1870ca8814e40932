package svasim.iommu.virtio;

import java.util.List;
import java.util.Map;
import svasim.iommu.core.CapabilityRegisters;
import svasim.units.Require;

/**
 * What the device offers: feature bits, and the fields of the configuration space that never change
 * (reference virtio-iommu.md 1 and 2).
 *
 * @param values by the names of the reference
 */
record DeviceFields(CapabilityRegisters values) {
    /** Fields of the configuration space. */
    static final List<String> NAMES =
            List.of(
                    "page_size_mask",
                    "input_range.start",
                    "input_range.end",
                    "domain_range.start",
                    "domain_range.end",
                    "probe_size",
                    "bypass");

    /** Everything but the old BYPASS. */
    private static final long OFFERED = 0x1_0000_0077L;

    private static final int PROPERTY_BYTES = 24;
    private static final int MAX_PROBE_BYTES = 1 << 16;
    private static final long ANY_PAGE = -1L << 12;

    static DeviceFields of(Map<String, Long> features) {
        CapabilityRegisters registers = CapabilityRegisters.none().register("FEATURES", OFFERED);
        for (Feature feature : Feature.values()) {
            registers = registers.plainField("FEATURES", feature.name(), feature.position(), 1);
        }
        long[] defaults = {ANY_PAGE, 0, -1L, 0, 0xFFFF_FFFFL, 512, 1};
        int[] widths = {64, 64, 64, 32, 32, 32, 1};
        for (int i = 0; i < defaults.length; i++) {
            String name = NAMES.get(i);
            registers = registers.register(name, defaults[i]).plainField(name, name, 0, widths[i]);
        }
        return new DeviceFields(registers.withFeatures(features));
    }

    /** Checks that the values go together. */
    void require(int reservedRegions) {
        boolean both = offers(Feature.BYPASS) && offers(Feature.BYPASS_CONFIG);
        Require.that(!both, "features", "BYPASS and BYPASS_CONFIG", "one of them");
        Require.that(value("page_size_mask") != 0, "features", "page_size_mask=0", "a page size");
        Require.that(granuleShift() < Long.SIZE - 1, "features", "page_size_mask", "a page size");
        int needed = reservedRegions * PROPERTY_BYTES;
        Require.range("probe_size", value("probe_size"), needed, MAX_PROBE_BYTES);
    }

    long offered() {
        return value("FEATURES");
    }

    boolean offers(Feature feature) {
        return feature.in(offered());
    }

    long value(String name) {
        return values.value(name);
    }

    /** log2 of the smallest page. */
    int granuleShift() {
        return Long.numberOfTrailingZeros(value("page_size_mask"));
    }

    /** Whether the input addresses, both ends included, are within input_range, if there is one. */
    boolean inputInRange(long first, long last) {
        return !offers(Feature.INPUT_RANGE)
                || Long.compareUnsigned(first, value("input_range.start")) >= 0
                        && Long.compareUnsigned(last, value("input_range.end")) <= 0;
    }

    /** Whether a domain ID is within domain_range, if there is one. */
    boolean domainInRange(int domain) {
        long id = Integer.toUnsignedLong(domain);
        return !offers(Feature.DOMAIN_RANGE)
                || id >= value("domain_range.start") && id <= value("domain_range.end");
    }
}
