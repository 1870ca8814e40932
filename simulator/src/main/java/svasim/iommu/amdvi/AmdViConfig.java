package svasim.iommu.amdvi;

import static java.util.Collections.unmodifiableMap;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import svasim.iommu.core.CapabilityRegisters;
import svasim.iommu.core.WalkConfig;
import svasim.memory.CacheConfig;
import svasim.units.Picoseconds;
import svasim.units.Require;

/**
 * Features, caches and timing of an AMD IOMMU; absent keys take these defaults (timing and geometry
 * assumed, profiles give sources).
 *
 * @param registers whole values, by name: {@code EFR} (also {@code EXT_FEATURE}), and {@code CAP},
 *     the first word of the capability
 * @param features single fields, by name, for example {@code EFR.GLXSup: 2} or {@code IotlbSup: 1};
 *     they override the registers
 * @param iotlb finished translations
 * @param deviceCache device table entries, by DeviceID
 * @param guestRootCache entries of GCR3 tables, by DeviceID and PASID
 * @param guestTableCache guest tables, all levels
 * @param hostTableCache host tables, all levels
 * @param walks how tables are walked
 * @param command time to carry out a command, besides fetching it
 * @source registers, features: chosen: what the model can do; a profile has those of real units
 * @source iotlb, deviceCache, guestRootCache, guestTableCache, hostTableCache, walks, command:
 *     assumed; a profile says where its own are from
 */
public record AmdViConfig(
        Map<String, Long> registers,
        Map<String, Long> features,
        CacheConfig iotlb,
        CacheConfig deviceCache,
        CacheConfig guestRootCache,
        CacheConfig guestTableCache,
        CacheConfig hostTableCache,
        WalkConfig walks,
        Picoseconds command) {
    private static final String LINUX_NAME_OF_EFR = "EXT_FEATURE";

    public AmdViConfig {
        registers = registers == null ? Map.of() : unmodifiableMap(new TreeMap<>(registers));
        features = features == null ? Map.of() : unmodifiableMap(new TreeMap<>(features));
        iotlb = iotlb == null ? CacheConfig.of(16, 8) : iotlb;
        deviceCache = deviceCache == null ? CacheConfig.of(8, 4) : deviceCache;
        guestRootCache = guestRootCache == null ? CacheConfig.of(16, 4) : guestRootCache;
        guestTableCache = guestTableCache == null ? CacheConfig.of(16, 4) : guestTableCache;
        hostTableCache = hostTableCache == null ? CacheConfig.of(16, 4) : hostTableCache;
        walks = walks == null ? new WalkConfig(null, null, null, null) : walks;
        command = command == null ? Picoseconds.ofNanos(20) : command;
        FeatureFields.requireModelled(values(registers, features));
    }

    /** Every default. */
    public static AmdViConfig defaults() {
        return new AmdViConfig(null, null, null, null, null, null, null, null, null);
    }

    /** The same with another time for a command. */
    public AmdViConfig withCommand(Picoseconds time) {
        return new AmdViConfig(
                registers,
                features,
                iotlb,
                deviceCache,
                guestRootCache,
                guestTableCache,
                hostTableCache,
                walks,
                time);
    }

    /** The same with these registers; other names have no effect. */
    public AmdViConfig withRegisters(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(registers);
        merged.putAll(more);
        return with(merged, features);
    }

    /**
     * The same with these fields of feature registers.
     *
     * @throws Require.Violation of component {@code features} for an unknown name, or for a feature
     *     that is not modelled
     */
    public AmdViConfig withFeatures(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(features);
        merged.putAll(more);
        return with(registers, merged);
    }

    Features decoded() {
        return new Features(values(registers, features));
    }

    private static CapabilityRegisters values(
            Map<String, Long> registers, Map<String, Long> features) {
        Map<String, Long> named = new HashMap<>(registers);
        if (registers.containsKey(LINUX_NAME_OF_EFR)) {
            named.put(FeatureFields.EFR, registers.get(LINUX_NAME_OF_EFR));
        }
        return FeatureFields.defaults().withRegisters(named).withFeatures(features);
    }

    private AmdViConfig with(Map<String, Long> newRegisters, Map<String, Long> newFeatures) {
        return new AmdViConfig(
                newRegisters,
                newFeatures,
                iotlb,
                deviceCache,
                guestRootCache,
                guestTableCache,
                hostTableCache,
                walks,
                command);
    }
}
