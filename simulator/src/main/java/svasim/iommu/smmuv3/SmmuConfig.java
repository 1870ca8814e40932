package svasim.iommu.smmuv3;

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
 * Features, caches and timing of an SMMUv3; absent keys take these defaults (timing and geometry
 * assumed, profiles give sources).
 *
 * @param registers whole values of IDR0, IDR1, IDR3 and IDR5, by name
 * @param features single fields, by name, for example {@code IDR0.STALL_MODEL: 2}; they override
 *     the registers
 * @param tlb finished translations
 * @param streamCache stream table entries, by StreamID
 * @param contextCache context descriptors, by StreamID and SubstreamID
 * @param stage1WalkCache tables of stage 1, all levels
 * @param stage2WalkCache tables of stage 2, all levels
 * @param walks how tables are walked
 * @param command time to carry out a command, besides fetching it
 * @param update time from a write of CR0, GBPA or IRQ_CTRL to its effect
 * @param atcTimeout time after which an ATC invalidation is given up
 * @param choices what the architecture leaves to the unit
 * @source registers, features: chosen: what the model can do; a profile has those of real units
 * @source tlb, streamCache, contextCache, stage1WalkCache, stage2WalkCache, walks, command, update:
 *     assumed; a profile says where its own are from
 * @source atcTimeout: PCI Express, as told on linux-pci: a minute and half of one more
 * @source choices: see there
 */
public record SmmuConfig(
        Map<String, Long> registers,
        Map<String, Long> features,
        CacheConfig tlb,
        CacheConfig streamCache,
        CacheConfig contextCache,
        CacheConfig stage1WalkCache,
        CacheConfig stage2WalkCache,
        WalkConfig walks,
        Picoseconds command,
        Picoseconds update,
        Picoseconds atcTimeout,
        SmmuChoices choices) {
    private static final int SECONDS_TO_ANSWER = 90;

    public SmmuConfig {
        registers = registers == null ? Map.of() : unmodifiableMap(new TreeMap<>(registers));
        features = features == null ? Map.of() : unmodifiableMap(new TreeMap<>(features));
        tlb = tlb == null ? CacheConfig.of(16, 8) : tlb;
        streamCache = streamCache == null ? CacheConfig.of(8, 4) : streamCache;
        contextCache = contextCache == null ? CacheConfig.of(16, 4) : contextCache;
        stage1WalkCache = stage1WalkCache == null ? CacheConfig.of(16, 4) : stage1WalkCache;
        stage2WalkCache = stage2WalkCache == null ? CacheConfig.of(16, 4) : stage2WalkCache;
        walks = walks == null ? new WalkConfig(null, null, null, null) : walks;
        command = command == null ? Picoseconds.ofNanos(20) : command;
        update = update == null ? Picoseconds.ofNanos(100) : update;
        atcTimeout =
                atcTimeout == null
                        ? new Picoseconds(SECONDS_TO_ANSWER * Picoseconds.PER_SECOND)
                        : atcTimeout;
        choices = choices == null ? SmmuChoices.defaults() : choices;
        requireModelled(idRegisters(registers, features));
    }

    /** Every default. */
    public static SmmuConfig defaults() {
        return new SmmuConfig(
                null, null, null, null, null, null, null, null, null, null, null, null);
    }

    /** The same with another time for a command. */
    public SmmuConfig withCommand(Picoseconds time) {
        return new SmmuConfig(
                registers,
                features,
                tlb,
                streamCache,
                contextCache,
                stage1WalkCache,
                stage2WalkCache,
                walks,
                time,
                update,
                atcTimeout,
                choices);
    }

    /** The same with these registers; names other than those of IDRs have no effect. */
    public SmmuConfig withRegisters(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(registers);
        merged.putAll(more);
        return with(merged, features, choices);
    }

    /**
     * The same with these fields of identification registers.
     *
     * @throws Require.Violation of component {@code features} for an unknown name, or for a feature
     *     that is not modelled
     */
    public SmmuConfig withFeatures(Map<String, Long> more) {
        Map<String, Long> merged = new HashMap<>(features);
        merged.putAll(more);
        return with(registers, merged, choices);
    }

    /** The same with these choices. */
    SmmuConfig withChoices(SmmuChoices newChoices) {
        return with(registers, features, newChoices);
    }

    /** Time that a request takes whose stream, context and translation are cached. */
    long hitPs() {
        return streamCache.lookup().value() + contextCache.lookup().value() + tlb.lookup().value();
    }

    Features decoded() {
        CapabilityRegisters values = idRegisters(registers, features);
        return new Features(
                values.value("IDR0"),
                values.value("IDR1"),
                0,
                values.value("IDR3"),
                0,
                values.value("IDR5"));
    }

    private static CapabilityRegisters idRegisters(
            Map<String, Long> registers, Map<String, Long> features) {
        return IdField.defaults().withRegisters(registers).withFeatures(features);
    }

    private static void requireModelled(CapabilityRegisters values) {
        for (IdField field : IdField.values()) {
            int value = field.of(values.value("IDR" + field.register()));
            Require.that(
                    value <= field.highestModelled(),
                    "features",
                    field.fullName() + "=" + value,
                    "at most " + field.highestModelled() + ", the rest is not modelled");
        }
    }

    private SmmuConfig with(
            Map<String, Long> newRegisters, Map<String, Long> newFeatures, SmmuChoices newChoices) {
        return new SmmuConfig(
                newRegisters,
                newFeatures,
                tlb,
                streamCache,
                contextCache,
                stage1WalkCache,
                stage2WalkCache,
                walks,
                command,
                update,
                atcTimeout,
                newChoices);
    }
}
