package svasim.iommu.vtd;

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
 * Capabilities, caches and timing of a VT-d unit; absent keys take these defaults (timing and
 * geometry assumed, profiles give sources).
 *
 * @param registers whole values of VER, CAP and ECAP, by name
 * @param features single fields, by name, for example {@code CAP.SAGAW: 14}; they override the
 *     registers
 * @param haw host address width in bits; higher bits of every pointer are reserved
 * @param revision revision of the specification, 3 to 5: before 5 there are execute requests (with
 *     ECAP.ERS) and transient mappings, since then EPTR and HPTE in context entries
 * @param errorReset bit of RTADDR, 0 to 9, that puts the unit into the error-reset state; it has
 *     none if absent
 * @param ioPermissions bit of RTADDR, 0 to 9, with which second-stage entries permit by IR and IW
 *     instead of R and W; it has none if absent
 * @param iotlb finished translations
 * @param contextCache context entries, by requester
 * @param pasidCache PASID-table entries, by requester and PASID
 * @param firstStageCache first-stage paging structures of all levels
 * @param secondStageCache second-stage paging structures of all levels
 * @param walks how tables are walked
 * @param descriptor time to carry out a descriptor, besides fetching it
 * @param pendingWaits wait descriptors without FN that may be pending while the unit carries out
 *     what follows them; with 0 every wait holds the queue
 * @param deviceTlbTimeout time after which a device-TLB invalidation is given up
 * @source registers, features: chosen: what the model can do; a profile has those of real units
 * @source haw: chosen: the widest of the specification
 * @source revision: VT-d 5.0, the newest that is modelled
 * @source errorReset, ioPermissions: chosen: none
 * @source iotlb, contextCache, pasidCache, firstStageCache, secondStageCache, walks, descriptor:
 *     assumed; a profile says where its own are from
 * @source pendingWaits: chosen: a unit that does one thing at a time
 * @source deviceTlbTimeout: PCI Express, as told on linux-pci: a minute and half of one more
 */
public record VtdConfig(
        Map<String, Long> registers,
        Map<String, Long> features,
        Integer haw,
        Integer revision,
        Integer errorReset,
        Integer ioPermissions,
        CacheConfig iotlb,
        CacheConfig contextCache,
        CacheConfig pasidCache,
        CacheConfig firstStageCache,
        CacheConfig secondStageCache,
        WalkConfig walks,
        Picoseconds descriptor,
        Integer pendingWaits,
        Picoseconds deviceTlbTimeout) {
    private static final int SECONDS_TO_ANSWER = 90;

    /** In the largest queue, whose every second descriptor is a wait. */
    private static final int MOST_WAITS = 1 << 14;

    public VtdConfig {
        registers = registers == null ? Map.of() : unmodifiableMap(new TreeMap<>(registers));
        features = features == null ? Map.of() : unmodifiableMap(new TreeMap<>(features));
        haw = haw == null ? 52 : haw;
        revision = revision == null ? 5 : revision;
        iotlb = iotlb == null ? CacheConfig.of(16, 8) : iotlb;
        contextCache = contextCache == null ? CacheConfig.of(8, 4) : contextCache;
        pasidCache = pasidCache == null ? CacheConfig.of(16, 4) : pasidCache;
        firstStageCache = firstStageCache == null ? CacheConfig.of(16, 4) : firstStageCache;
        secondStageCache = secondStageCache == null ? CacheConfig.of(16, 4) : secondStageCache;
        walks = walks == null ? new WalkConfig(null, null, null, null) : walks;
        descriptor = descriptor == null ? Picoseconds.ofNanos(20) : descriptor;
        pendingWaits = pendingWaits == null ? 0 : pendingWaits;
        deviceTlbTimeout =
                deviceTlbTimeout == null
                        ? new Picoseconds(SECONDS_TO_ANSWER * Picoseconds.PER_SECOND)
                        : deviceTlbTimeout;
        Require.range("pendingWaits", pendingWaits, 0, MOST_WAITS);
        Require.range("haw", haw, 32, 52);
        Require.range("revision", revision, 3, 5);
        requireControl("errorReset", errorReset);
        requireControl("ioPermissions", ioPermissions);
        CapabilityFields.defaults().withFeatures(features);
    }

    /** Every default. */
    public static VtdConfig defaults() {
        return new VtdConfig(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null,
                null);
    }

    private static void requireControl(String name, Integer bit) {
        if (bit != null) {
            Require.range(name, bit, 0, 9);
        }
    }

    /** The same of another revision of the specification. */
    public VtdConfig ofRevision(int other) {
        return with(registers, features, other, errorReset, ioPermissions);
    }

    /**
     * The same with controls in RTADDR.
     *
     * @param errorResetBit 0 to 9, or null
     * @param ioPermissionsBit 0 to 9, or null
     */
    public VtdConfig withRootControls(Integer errorResetBit, Integer ioPermissionsBit) {
        return with(registers, features, revision, errorResetBit, ioPermissionsBit);
    }

    /** The same with these registers; names other than VER, CAP and ECAP have no effect. */
    public VtdConfig withRegisters(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(registers);
        merged.putAll(more);
        return with(merged, features, revision, errorReset, ioPermissions);
    }

    /**
     * The same with these fields of capability registers.
     *
     * @throws Require.Violation of component {@code features} for an unknown name
     */
    public VtdConfig withFeatures(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(features);
        merged.putAll(more);
        return with(registers, merged, revision, errorReset, ioPermissions);
    }

    /** The same with another time for a descriptor. */
    public VtdConfig withDescriptor(Picoseconds time) {
        return new VtdConfig(
                registers,
                features,
                haw,
                revision,
                errorReset,
                ioPermissions,
                iotlb,
                contextCache,
                pasidCache,
                firstStageCache,
                secondStageCache,
                walks,
                time,
                pendingWaits,
                deviceTlbTimeout);
    }

    /**
     * Whether walks of the tables look into the caches of the cores (ECAP.SMPWCS in scalable mode,
     * else ECAP.C).
     */
    public boolean walksAreCoherent() {
        CapabilityRegisters has = capabilityRegisters();
        return has.has(has.has("ECAP.SMTS") ? "ECAP.SMPWCS" : "ECAP.C");
    }

    /** VER, CAP and ECAP as software reads them. */
    CapabilityRegisters capabilityRegisters() {
        return CapabilityFields.defaults().withRegisters(registers).withFeatures(features);
    }

    private VtdConfig with(
            Map<String, Long> newRegisters,
            Map<String, Long> newFeatures,
            int newRevision,
            Integer newErrorReset,
            Integer newIoPermissions) {
        return new VtdConfig(
                newRegisters,
                newFeatures,
                haw,
                newRevision,
                newErrorReset,
                newIoPermissions,
                iotlb,
                contextCache,
                pasidCache,
                firstStageCache,
                secondStageCache,
                walks,
                descriptor,
                pendingWaits,
                deviceTlbTimeout);
    }
}
