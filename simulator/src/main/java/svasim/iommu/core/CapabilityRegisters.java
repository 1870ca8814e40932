package svasim.iommu.core;

import java.util.Map;
import java.util.TreeMap;
import svasim.units.Require;

/**
 * Read-only registers by name, and their fields by the names of the specification, for example
 * {@code "CAP.SAGAW"} or {@code "IDR0.STALL_MODEL"}. Immutable.
 */
public final class CapabilityRegisters {
    /** Where a field lies. */
    private record Field(String register, int low, int width) {
        long mask() {
            return (width == Long.SIZE ? -1L : (1L << width) - 1) << low;
        }
    }

    private final Map<String, Long> values;
    private final Map<String, Field> fields;

    private CapabilityRegisters(Map<String, Long> values, Map<String, Field> fields) {
        this.values = values;
        this.fields = fields;
    }

    /** No register. */
    public static CapabilityRegisters none() {
        return new CapabilityRegisters(new TreeMap<>(), new TreeMap<>());
    }

    /** The same and a register with this value. */
    public CapabilityRegisters register(String name, long value) {
        Map<String, Long> more = new TreeMap<>(values);
        more.put(name, value);
        return new CapabilityRegisters(more, fields);
    }

    /** The same and a field that can be named. */
    public CapabilityRegisters field(String register, String name, int low, int width) {
        return plainField(register, register + "." + name, low, width);
    }

    /** As {@link #field}, for a field that is named without its register. */
    public CapabilityRegisters plainField(String register, String fullName, int low, int width) {
        Map<String, Field> more = new TreeMap<>(fields);
        more.put(fullName, new Field(register, low, width));
        return new CapabilityRegisters(values, more);
    }

    /** The same with the values of these registers; names of other registers are not used. */
    public CapabilityRegisters withRegisters(Map<String, Long> registers) {
        Map<String, Long> changed = new TreeMap<>(values);
        changed.replaceAll((name, value) -> registers.getOrDefault(name, value));
        return new CapabilityRegisters(changed, fields);
    }

    /**
     * The same with other values of these fields.
     *
     * @throws Require.Violation of component {@code features} for a field that is unknown or a
     *     value that does not fit
     */
    public CapabilityRegisters withFeatures(Map<String, Long> features) {
        Map<String, Long> changed = new TreeMap<>(values);
        for (Map.Entry<String, Long> feature : features.entrySet()) {
            Require.oneOf("features", feature.getKey(), fields.keySet());
            Field field = fields.get(feature.getKey());
            long moved = feature.getValue() << field.low();
            Require.that(
                    (moved & ~field.mask()) == 0 && moved >>> field.low() == feature.getValue(),
                    "features",
                    feature,
                    "a value of " + field.width() + " bits");
            changed.merge(field.register(), 0L, (value, zero) -> value & ~field.mask() | moved);
        }
        return new CapabilityRegisters(changed, fields);
    }

    /** Value of a register. */
    public long value(String register) {
        return values.get(register);
    }

    /** Value of a field, {@code "CAP.SAGAW"}. */
    public int field(String name) {
        Field field = fields.get(name);
        return (int) ((values.get(field.register()) & field.mask()) >>> field.low());
    }

    /** Whether a field of one bit is set. */
    public boolean has(String name) {
        return field(name) != 0;
    }
}
