package svasim.cli;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import svasim.binding.Defaults;
import svasim.binding.Meanings;
import svasim.binding.Names;

/** The keys of a record in columns: key, kind or unit of the value, default, meaning and source. */
final class ParameterTable {
    private static final List<String> HEADINGS =
            List.of("key", "value", "default", "meaning [source of the default]");
    private static final int WIDEST_CELL = 24;

    private final List<List<String>> rows = new ArrayList<>();

    private ParameterTable() {}

    /** Of a configuration with the values that absent keys take, and of the records within it. */
    static List<String> ofConfig(Record defaults) {
        ParameterTable table = new ParameterTable();
        table.add("", defaults.getClass(), Defaults.of(defaults));
        return table.lines();
    }

    /**
     * Of the keys of a unit of work.
     *
     * @param buffers keys that name a buffer
     */
    static List<String> ofWork(Class<? extends Record> type, Set<String> buffers) {
        ParameterTable table = new ParameterTable();
        table.add("", type, Defaults.of(type));
        table.rows.replaceAll(
                row ->
                        buffers.contains(row.get(0))
                                ? List.of(row.get(0), "a buffer", row.get(2), row.get(3))
                                : row);
        return table.lines();
    }

    /** A record within one of its own kind has the same keys, which are not told again. */
    private void add(String prefix, Class<?> type, Map<String, Object> defaults) {
        Meanings meanings = Meanings.of(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            Class<?> inner = innerRecord(component.getGenericType());
            String given = inner == null ? defaults.getOrDefault(name, "").toString() : "";
            String key = prefix + name;
            String source = meanings.sourceOf(name);
            String meaning = meanings.of(name) + (source.isEmpty() ? "" : " [" + source + "]");
            rows.add(List.of(key, kind(component.getType()), given, meaning));
            if (inner != null && inner != type) {
                String step = component.getType() == Map.class ? ".NAME." : ".";
                add(key + step, inner, Defaults.of(inner));
            }
        }
    }

    /** The record with keys of its own that a value is, or is a map of; else null. */
    private static Class<?> innerRecord(Type type) {
        Type[] arguments =
                type instanceof ParameterizedType generic
                        ? generic.getActualTypeArguments()
                        : new Type[] {type};
        boolean keyed =
                arguments[arguments.length - 1] instanceof Class<?> last
                        && last.isRecord()
                        && kind(last).equals("keys");
        return keyed ? (Class<?>) arguments[arguments.length - 1] : null;
    }

    private static String kind(Class<?> type) {
        if (type.isEnum()) {
            return Arrays.stream(type.getEnumConstants())
                    .map(constant -> Names.kebab(((Enum<?>) constant).name()))
                    .collect(Collectors.joining(", "));
        }
        return switch (type.getSimpleName()) {
            case "Boolean" -> "true or false";
            case "Integer", "Long", "Double" -> "a number";
            case "String" -> "a text";
            case "ByteSize" -> "a size, B to TiB";
            case "Picoseconds" -> "a time, ps to s";
            case "Bandwidth" -> "a rate, B/s to GB/s";
            case "Map" -> "by name";
            case "List" -> "a list";
            default -> "keys";
        };
    }

    private List<String> lines() {
        rows.add(0, HEADINGS);
        StringBuilder form = new StringBuilder("  ");
        for (int column = 0; column < HEADINGS.size() - 1; column++) {
            form.append("%-").append(width(column)).append("s  ");
        }
        form.append("%s");
        return rows.stream()
                .map(row -> String.format(form.toString(), row.toArray()).stripTrailing())
                .toList();
    }

    /** Cells that are much longer than others push what follows aside. */
    private int width(int column) {
        int widest = rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(1);
        return column == 0 ? widest : Math.min(widest, WIDEST_CELL);
    }
}
