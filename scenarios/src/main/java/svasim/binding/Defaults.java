package svasim.binding;

import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.Map;

/** The values that a record gives to its keys when all are absent. */
public final class Defaults {
    /** Largest numbers, which stand for "no limit". */
    private static final String NO_LIMIT =
            "(" + Integer.MAX_VALUE + "|" + Long.MAX_VALUE + ")[^0-9]*";

    private Defaults() {}

    /**
     * Plain values by component; those without a default are missing. Empty if the record cannot be
     * without some of its keys.
     */
    public static Map<String, Object> of(Class<?> record) {
        RecordComponent[] components = record.getRecordComponents();
        try {
            return of((Record) Shape.construct(record, new Object[components.length]));
        } catch (IllegalArgumentException | NullPointerException e) {
            return Map.of();
        }
    }

    /** Plain values of a record, by component. */
    public static Map<String, Object> of(Record record) {
        Map<String, Object> values = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = Shape.value(record, component);
            if (value != null && !value.toString().matches(NO_LIMIT)) {
                values.put(component.getName(), Plain.of(value, Extensions.NONE));
            }
        }
        return values;
    }
}
