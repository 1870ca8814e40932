package svasim.binding;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Schemas with a sentence for the reader. */
final class Explained {
    private static final String DESCRIPTION = "description";

    private Explained() {}

    /** The sentence, and after it what the schema itself says, which is how a value is written. */
    static Map<String, Object> with(String sentence, Map<String, Object> schema) {
        Map<String, Object> explained = new LinkedHashMap<>();
        String own = schema.containsKey(DESCRIPTION) ? schema.get(DESCRIPTION) + "" : "";
        String form = own.isEmpty() ? "" : "Given as " + own + ".";
        String both = (sentence + " " + form).strip();
        if (!both.isEmpty()) {
            explained.put(DESCRIPTION, both);
        }
        // A reference takes nothing beside itself.
        explained.putAll(
                schema.containsKey("$ref") ? Map.of("allOf", List.of(schema)) : without(schema));
        return explained;
    }

    /** One key that two records have: what either takes, with the sentences of both. */
    static Map<String, Object> either(Map<String, Object> one, Map<String, Object> other) {
        Set<Object> forms = new LinkedHashSet<>(forms(one));
        forms.addAll(forms(other));
        Map<String, Object> rest =
                without(one).equals(without(other))
                        ? without(one)
                        : Map.of("anyOf", List.copyOf(forms));
        return with(sentences(one, other), rest);
    }

    private static String sentences(Map<String, Object> one, Map<String, Object> other) {
        String first = one.getOrDefault(DESCRIPTION, "").toString();
        String second = other.getOrDefault(DESCRIPTION, "").toString();
        if (first.isEmpty() || first.contains(second)) {
            return first + (first.isEmpty() ? second : "");
        }
        return second.isEmpty() ? first : first + " Or: " + second;
    }

    private static List<?> forms(Map<String, Object> schema) {
        Map<String, Object> rest = without(schema);
        return rest.keySet().equals(Set.of("anyOf")) ? (List<?>) rest.get("anyOf") : List.of(rest);
    }

    private static Map<String, Object> without(Map<String, Object> schema) {
        Map<String, Object> rest = new LinkedHashMap<>(schema);
        rest.remove(DESCRIPTION);
        return rest;
    }
}
