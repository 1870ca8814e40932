package svasim.binding;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.units.Require;

/** Binds maps to records; what a record itself refuses is put at the place of the key. */
final class RecordBinder {
    private final Binder binder;
    private final Extensions extensions;
    private final Mistakes mistakes;

    RecordBinder(Binder binder, Extensions extensions, Mistakes mistakes) {
        this.binder = binder;
        this.extensions = extensions;
        this.mistakes = mistakes;
    }

    Object bind(Node node, Class<?> type, String path) {
        Node.Mapping mapping = Binder.isNothing(node) ? empty(node) : asMapping(node);
        if (mapping == null) {
            return binder.refuse(node, path, "expected a map of " + keys(type, empty(node)));
        }
        refuseUnknown(mapping, keys(type, mapping), path);
        return bindMapping(mapping, type, path);
    }

    /** Binds the known keys; unknown ones are the caller's matter. */
    private Object bindMapping(Node.Mapping mapping, Class<?> type, String path) {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        Set<String> failed = new HashSet<>();
        for (int i = 0; i < components.length; i++) {
            String name = components[i].getName();
            if (components[i].getType() == Record.class) {
                values[i] = open(mapping, type, name, path);
            } else if (mapping.get(name) != null) {
                Node value = mapping.get(name);
                values[i] = binder.bind(value, components[i].getGenericType(), path + "/" + name);
            }
            if (values[i] == null && mapping.get(name) != null) {
                failed.add(name);
            }
        }
        return new Construction(type, components, values).make(mapping, path, failed);
    }

    /** A component whose type a plug-in knows. */
    private Object open(Node.Mapping mapping, Class<?> holder, String name, String path) {
        Class<? extends Record> type = extensions.typeOf(holder, name, mapping);
        if (type == null) {
            return null;
        }
        if (extensions.flattened(holder, name)) {
            return bindMapping(mapping, type, path);
        }
        Node node = mapping.get(name);
        return bind(node == null ? empty(mapping) : node, type, path + "/" + name);
    }

    private void refuseUnknown(Node.Mapping mapping, List<String> known, String path) {
        mapping.entries()
                .forEach(
                        (key, entry) -> {
                            if (!known.contains(key)) {
                                mistakes.add(
                                        entry.key(),
                                        path,
                                        "unknown key \"" + key + "\"",
                                        Names.remedy(key, known));
                            }
                        });
    }

    private List<String> keys(Class<?> type, Node.Mapping mapping) {
        List<String> keys = new ArrayList<>();
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            boolean open = component.getType() == Record.class;
            if (open && extensions.flattened(type, name)) {
                Class<? extends Record> inner = extensions.typeOf(type, name, mapping);
                keys.addAll(inner == null ? mapping.entries().keySet() : keys(inner, mapping));
            } else {
                keys.add(name);
            }
        }
        return keys;
    }

    private static Node.Mapping asMapping(Node node) {
        return node instanceof Node.Mapping mapping ? mapping : null;
    }

    private static Node.Mapping empty(Node node) {
        return new Node.Mapping(node.place(), new LinkedHashMap<>());
    }

    /** Makes the record, again with a default in the place of each value that it refuses. */
    private final class Construction {
        private final Class<?> type;
        private final RecordComponent[] components;
        private final Object[] values;

        Construction(Class<?> type, RecordComponent[] components, Object[] values) {
            this.type = type;
            this.components = components;
            this.values = values;
        }

        Object make(Node.Mapping mapping, String path, Set<String> failed) {
            try {
                return Shape.construct(type, values);
            } catch (Require.Violation violation) {
                String name = violation.component();
                boolean first = failed.add(name);
                if (first) {
                    report(mapping, path, violation);
                }
                return first && drop(name) ? make(mapping, path, failed) : null;
            } catch (IllegalArgumentException | NullPointerException e) {
                if (failed.isEmpty()) {
                    mistakes.add(mapping.place(), path, String.valueOf(e.getMessage()), null);
                }
                return null;
            }
        }

        private boolean drop(String name) {
            for (int i = 0; i < components.length; i++) {
                if (components[i].getName().equals(name) && values[i] != null) {
                    values[i] = null;
                    return true;
                }
            }
            return false;
        }

        private void report(Node.Mapping mapping, String path, Require.Violation violation) {
            String name = violation.component();
            Map<String, Node.Entry> entries = mapping.entries();
            String remedy = "expected " + violation.expected();
            if (!entries.containsKey(name)) {
                mistakes.add(mapping.place(), path, "\"" + name + "\" is missing", remedy);
                return;
            }
            Node value = mapping.get(name);
            mistakes.add(value.place(), path + "/" + name, "found " + value.describe(), remedy);
        }
    }
}
