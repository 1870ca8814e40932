package svasim.iommu.smmuv2;

import static java.util.Collections.unmodifiableMap;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import svasim.iommu.core.WalkConfig;
import svasim.memory.CacheConfig;
import svasim.units.Require;

/**
 * Features, caches and timing of an SMMUv2; absent keys take these defaults (timing and geometry
 * assumed).
 *
 * @param registers whole values of ID0, ID1, ID2 and ID7, by name
 * @param features single fields, by name, for example {@code ID1.NUMCB: 16}; they override the
 *     registers
 * @param tlb finished translations
 * @param stage1WalkCache tables of stage 1, all levels
 * @param stage2WalkCache tables of stage 2, all levels
 * @param walks how tables are walked
 * @param conflicts whether cached translations that overlap are reported (FSR.TLBMCF); else the
 *     smallest serves, by default
 * @source registers, features, conflicts: chosen: what the model can do
 * @source tlb, stage1WalkCache, stage2WalkCache, walks: assumed
 */
public record SmmuV2Config(
        Map<String, Long> registers,
        Map<String, Long> features,
        CacheConfig tlb,
        CacheConfig stage1WalkCache,
        CacheConfig stage2WalkCache,
        WalkConfig walks,
        Boolean conflicts) {
    public SmmuV2Config {
        registers = registers == null ? Map.of() : unmodifiableMap(new TreeMap<>(registers));
        features = features == null ? Map.of() : unmodifiableMap(new TreeMap<>(features));
        tlb = tlb == null ? CacheConfig.of(16, 8) : tlb;
        stage1WalkCache = stage1WalkCache == null ? CacheConfig.of(16, 4) : stage1WalkCache;
        stage2WalkCache = stage2WalkCache == null ? CacheConfig.of(16, 4) : stage2WalkCache;
        walks = walks == null ? new WalkConfig(null, null, null, null) : walks;
        conflicts = conflicts != null && conflicts;
        decoded(registers, features);
    }

    /** Every default. */
    public static SmmuV2Config defaults() {
        return new SmmuV2Config(null, null, null, null, null, null, null);
    }

    /** The same with these registers; names other than those of ID registers have no effect. */
    public SmmuV2Config withRegisters(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(registers);
        merged.putAll(more);
        return with(merged, features);
    }

    /**
     * The same with these fields of identification registers.
     *
     * @throws Require.Violation of component {@code features} for an unknown name, or for a feature
     *     that is not modelled
     */
    public SmmuV2Config withFeatures(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(features);
        merged.putAll(more);
        return with(registers, merged);
    }

    /** Size of the register space in bytes, a power of two. */
    public long registerBytes() {
        Features decoded = decoded();
        return 2L * decoded.halfPages() << decoded.pageShift();
    }

    /** The same with overlapping translations reported or not. */
    SmmuV2Config withConflicts(boolean reported) {
        return new SmmuV2Config(
                registers, features, tlb, stage1WalkCache, stage2WalkCache, walks, reported);
    }

    Features decoded() {
        return decoded(registers, features);
    }

    private static Features decoded(Map<String, Long> registers, Map<String, Long> features) {
        return new Features(Features.defaults().withRegisters(registers).withFeatures(features))
                .checked();
    }

    private SmmuV2Config with(Map<String, Long> newRegisters, Map<String, Long> newFeatures) {
        return new SmmuV2Config(
                newRegisters, newFeatures, tlb, stage1WalkCache, stage2WalkCache, walks, conflicts);
    }
}
