package svasim.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Binds a located tree to configuration records.
 *
 * <ul>
 *   <li>A record is a map; an absent key is null, which the record replaces by its default.
 *   <li>A sealed interface of records is a choice: one word, or a map of one key that names the
 *       record (see {@link ChoiceBinder}).
 *   <li>A record with a static {@code parse(String)} is one text with its unit.
 *   <li>{@link Node} takes the tree as it is.
 * </ul>
 */
public final class Binder {
    private final Mistakes mistakes;
    private final RecordBinder records;
    private final ChoiceBinder choices;

    private Binder(Extensions extensions, Mistakes mistakes) {
        this.mistakes = mistakes;
        this.records = new RecordBinder(this, extensions, mistakes);
        this.choices = new ChoiceBinder(this, records, mistakes);
    }

    /**
     * @param mistakes takes every mistake that is found
     * @return null, or a value with defaults in the place of what is wrong, if there are mistakes
     */
    public static <T extends Record> T bind(
            Node root, Class<T> type, Extensions extensions, Mistakes mistakes) {
        return type.cast(new Binder(extensions, mistakes).bind(root, type, ""));
    }

    /** Null if the node cannot be bound; the mistake is noted then. */
    Object bind(Node node, Type type, String path) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? map(node, arguments[1], path)
                    : list(node, arguments[0], path);
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Node.class) {
            return node;
        }
        if (Scalars.covers(plain)) {
            return scalar(node, plain, path);
        }
        if (plain.isSealed()) {
            return choices.bind(node, plain, path);
        }
        if (plain.isRecord()) {
            return records.bind(node, plain, path);
        }
        throw new IllegalStateException("a file cannot be bound to " + plain);
    }

    private Object scalar(Node node, Class<?> type, String path) {
        if (node instanceof Node.Scalar scalar) {
            try {
                return Scalars.read(scalar, type);
            } catch (IllegalArgumentException e) {
                return refuse(node, path, remedy(scalar, type));
            }
        }
        return refuse(node, path, "expected " + Scalars.expected(type));
    }

    private static String remedy(Node.Scalar scalar, Class<?> type) {
        String expected = "expected " + Scalars.expected(type);
        String near = type.isEnum() ? Names.nearest(scalar.text(), Scalars.names(type)) : null;
        return near == null ? expected : expected + ". Did you mean \"" + near + "\"?";
    }

    private Object map(Node node, Type valueType, String path) {
        if (isNothing(node)) {
            return Map.of();
        }
        if (!(node instanceof Node.Mapping mapping)) {
            return refuse(node, path, "expected a map of names");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            Object value = bind(entry.value(), valueType, path + "/" + key);
                            if (value != null) {
                                values.put(key, value);
                            }
                        });
        return values;
    }

    private Object list(Node node, Type itemType, String path) {
        if (!(node instanceof Node.Sequence sequence)) {
            return refuse(node, path, "expected a list");
        }
        List<Object> items = new ArrayList<>();
        for (int i = 0; i < sequence.items().size(); i++) {
            Object item = bind(sequence.items().get(i), itemType, path + "/" + i);
            if (item != null) {
                items.add(item);
            }
        }
        return items;
    }

    Object refuse(Node node, String path, String remedy) {
        mistakes.add(node.place(), path, "found " + node.describe(), remedy);
        return null;
    }

    static boolean isNothing(Node node) {
        return node instanceof Node.Scalar scalar && scalar.form() == Node.Form.NULL;
    }
}
