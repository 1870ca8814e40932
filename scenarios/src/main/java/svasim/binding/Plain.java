package svasim.binding;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Bound records as plain maps, lists, texts, numbers and truth values: the opposite of {@link
 * Binder}. Components that are null are left out.
 */
public final class Plain {
    private final Extensions extensions;

    private Plain(Extensions extensions) {
        this.extensions = extensions;
    }

    /** A tree that {@link YamlText} and {@link JsonText} can write. */
    public static Object of(Object value, Extensions extensions) {
        return new Plain(extensions).plain(value);
    }

    /** A located tree without its places. */
    public static Object of(Node node) {
        return new Plain(Extensions.NONE).plain(node);
    }

    private Object plain(Object value) {
        if (value instanceof Node node) {
            return node(node);
        }
        if (value instanceof Enum<?> constant) {
            return Names.kebab(constant.name());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((key, inner) -> plain.put(key.toString(), plain(inner)));
            return plain;
        }
        if (value instanceof List<?> list) {
            return list.stream().map(this::plain).toList();
        }
        if (value instanceof Record record) {
            return record(record);
        }
        return value;
    }

    private Object record(Record record) {
        if (Shape.isQuantity(record.getClass())) {
            return record.toString();
        }
        Map<String, Object> components = components(record);
        String word = word(record);
        if (word == null) {
            return components;
        }
        return components.isEmpty() ? word : Map.of(word, components);
    }

    /** The key that chooses the record, if it is one of a sealed interface. */
    private static String word(Record record) {
        for (Class<?> type : record.getClass().getInterfaces()) {
            if (type.isSealed()) {
                return Names.kebab(record.getClass().getSimpleName());
            }
        }
        return null;
    }

    private Map<String, Object> components(Record record) {
        Map<String, Object> plain = new LinkedHashMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            Object value = Shape.value(record, component);
            if (value == null) {
                continue;
            }
            if (component.getType() == Record.class
                    && extensions.flattened(record.getClass(), component.getName())) {
                plain.putAll(components((Record) value));
            } else {
                plain.put(component.getName(), plain(value));
            }
        }
        return plain;
    }

    private static Object node(Node node) {
        if (node instanceof Node.Mapping mapping) {
            Map<String, Object> plain = new LinkedHashMap<>();
            mapping.entries().forEach((key, entry) -> plain.put(key, node(entry.value())));
            return plain;
        }
        if (node instanceof Node.Sequence sequence) {
            List<Object> items = new ArrayList<>();
            sequence.items().forEach(item -> items.add(node(item)));
            return items;
        }
        Node.Scalar scalar = (Node.Scalar) node;
        return switch (scalar.form()) {
            case NULL -> "";
            case TEXT -> scalar.text();
            case PLAIN -> new Literal(scalar.text());
        };
    }

    /** A number or truth value, kept as it was written. */
    record Literal(String text) {}
}
