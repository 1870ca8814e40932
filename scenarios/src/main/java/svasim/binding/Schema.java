package svasim.binding;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** JSON Schema (draft 7) of the files that {@link Binder} binds to a record type. */
public final class Schema {
    private final Extensions extensions;
    private final Map<String, Object> definitions = new TreeMap<>();

    private Schema(Extensions extensions) {
        this.extensions = extensions;
    }

    /** The schema as a plain tree. */
    public static Map<String, Object> of(
            Class<? extends Record> type, String title, Extensions extensions) {
        Schema schema = new Schema(extensions);
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "http://json-schema.org/draft-07/schema#");
        root.put("title", title);
        root.putAll(schema.object(type));
        root.put("definitions", schema.definitions);
        return root;
    }

    private Map<String, Object> any(Type type) {
        if (type instanceof ParameterizedType generic) {
            Type[] arguments = generic.getActualTypeArguments();
            return generic.getRawType() == Map.class
                    ? nullable(map("type", "object", "additionalProperties", any(arguments[1])))
                    : map("type", "array", "items", any(arguments[0]));
        }
        Class<?> plain = (Class<?>) type;
        if (plain == Node.class) {
            return map();
        }
        if (Scalars.covers(plain)) {
            return scalar(plain);
        }
        return reference(plain);
    }

    private static Map<String, Object> scalar(Class<?> type) {
        if (type.isEnum()) {
            return map("enum", Scalars.names(type));
        }
        if (Shape.isQuantity(type)) {
            return described("string", Shape.expected(type));
        }
        return switch (type.getSimpleName()) {
            case "Integer", "Long" -> map("anyOf", List.of(map("type", "integer"), hexadecimal()));
            case "Double" -> map("type", "number");
            case "Boolean" -> map("type", "boolean");
            default -> map("type", List.of("string", "number", "boolean"));
        };
    }

    /** Keys and values in turn; keeps their order, so that the schema is the same each time. */
    private static Map<String, Object> map(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> hexadecimal() {
        Map<String, Object> schema = described("string", "hexadecimal");
        schema.put("pattern", "^0x[0-9A-Fa-f]+$");
        return schema;
    }

    private static Map<String, Object> described(String type, String description) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", type);
        schema.put("description", description);
        return schema;
    }

    private Map<String, Object> reference(Class<?> type) {
        String name = nameOf(type);
        if (!definitions.containsKey(name)) {
            definitions.put(name, map());
            definitions.put(name, type.isSealed() ? choice(type) : nullable(object(type)));
        }
        return map("$ref", "#/definitions/" + name);
    }

    /** With the class that it stands in, since nested records share names. */
    private static String nameOf(Class<?> type) {
        Class<?> around = type.getEnclosingClass();
        return around == null ? type.getSimpleName() : nameOf(around) + "." + type.getSimpleName();
    }

    /** A record or map may be given as nothing: all defaults. */
    private static Map<String, Object> nullable(Map<String, Object> object) {
        Map<String, Object> schema = new LinkedHashMap<>(object);
        schema.put("type", List.of("object", "null"));
        return schema;
    }

    private Map<String, Object> object(Class<?> type) {
        Map<String, Map<String, Object>> properties = new LinkedHashMap<>();
        addProperties(type, properties);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("additionalProperties", false);
        return schema;
    }

    private void addProperties(Class<?> type, Map<String, Map<String, Object>> properties) {
        Meanings meanings = Meanings.of(type);
        Map<String, Object> defaults = Defaults.of(type);
        for (RecordComponent component : type.getRecordComponents()) {
            String name = component.getName();
            if (component.getType() == Record.class && extensions.flattened(type, name)) {
                extensions.typesOf(type, name).forEach(inner -> addProperties(inner, properties));
            } else {
                boolean open = component.getType() == Record.class;
                Map<String, Object> schema =
                        open ? anyOf(type, name) : any(component.getGenericType());
                Map<String, Object> explained = Explained.with(meanings.of(name), schema);
                if (Scalars.covers(component.getType()) && defaults.containsKey(name)) {
                    explained.put("default", defaults.get(name));
                }
                properties.merge(name, explained, Explained::either);
            }
        }
    }

    private Map<String, Object> anyOf(Class<?> holder, String component) {
        List<Object> types = new ArrayList<>();
        extensions.typesOf(holder, component).forEach(type -> types.add(reference(type)));
        return types.isEmpty() ? map("type", "object") : map("anyOf", types);
    }

    private Map<String, Object> choice(Class<?> sealed) {
        List<Object> choices = new ArrayList<>();
        ChoiceBinder.names(sealed)
                .forEach(
                        (word, type) -> {
                            choices.add(map("const", word));
                            choices.add(step(word, type));
                        });
        return map("anyOf", choices);
    }

    private Map<String, Object> step(String word, Class<?> type) {
        List<Object> forms = new ArrayList<>(List.of(reference(type)));
        RecordComponent[] components = type.getRecordComponents();
        if (components.length > 0 && components[0].getType() != Record.class) {
            forms.add(any(components[0].getGenericType()));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put(
                "properties",
                map(word, Explained.with(Meanings.of(type).summary(), map("anyOf", forms))));
        schema.put("required", List.of(word));
        schema.put("additionalProperties", false);
        return schema;
    }
}
