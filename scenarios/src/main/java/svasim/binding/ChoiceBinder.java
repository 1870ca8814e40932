package svasim.binding;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Binds one word or a map of one key to one of the records of a sealed interface: {@code exit},
 * {@code wait: job}, {@code submit: {to: dsa0, op: no-op}}. The key is the record's name with
 * hyphens. A single value behind the key is the record's first component.
 */
final class ChoiceBinder {
    private final Binder binder;
    private final RecordBinder records;
    private final Mistakes mistakes;

    ChoiceBinder(Binder binder, RecordBinder records, Mistakes mistakes) {
        this.binder = binder;
        this.records = records;
        this.mistakes = mistakes;
    }

    Object bind(Node node, Class<?> sealed, String path) {
        Map<String, Class<?>> known = names(sealed);
        String word = word(node);
        if (word == null) {
            return binder.refuse(
                    node, path, "expected one word or a map of one key: " + known.keySet());
        }
        Class<?> type = known.get(word);
        if (type == null) {
            mistakes.add(
                    node.place(),
                    path,
                    "unknown word \"" + word + "\"",
                    Names.remedy(word, known.keySet()));
            return null;
        }
        String inner = path + "/" + word;
        Node value = node instanceof Node.Mapping mapping ? mapping.get(word) : null;
        return records.bind(asMapping(value, node, type), type, inner);
    }

    static Map<String, Class<?>> names(Class<?> sealed) {
        Map<String, Class<?>> names = new LinkedHashMap<>();
        for (Class<?> choice : Shape.choices(sealed)) {
            names.put(Names.kebab(choice.getSimpleName()), choice);
        }
        return names;
    }

    private static String word(Node node) {
        if (node instanceof Node.Scalar scalar && scalar.form() == Node.Form.TEXT) {
            return scalar.text();
        }
        if (node instanceof Node.Mapping mapping && mapping.entries().size() == 1) {
            return mapping.entries().keySet().iterator().next();
        }
        return null;
    }

    private static Node asMapping(Node value, Node step, Class<?> type) {
        if (value == null || Binder.isNothing(value)) {
            return new Node.Mapping(step.place(), Map.of());
        }
        if (value instanceof Node.Mapping || type.getRecordComponents().length == 0) {
            return value;
        }
        String first = type.getRecordComponents()[0].getName();
        return new Node.Mapping(value.place(), Map.of(first, new Node.Entry(value.place(), value)));
    }
}
