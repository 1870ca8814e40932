package svasim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.binding.Node;
import svasim.binding.Place;
import svasim.binding.Plain;

/** Finds for each effective value of a scenario the place that gave it. */
public final class Origins {
    private final Map<String, String> sources;
    private final List<Origin> found = new ArrayList<>();

    private Origins(Map<String, String> sources) {
        this.sources = sources;
    }

    /** Every effective value, in the order of {@code effective.yaml}. */
    public static List<Origin> of(BoundScenario bound) {
        Origins origins = new Origins(Profiles.sources(bound.tree()));
        Object all = Plain.of(bound.scenario(), ScenarioExtensions.of(bound.tree()));
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) all).entrySet()) {
            String key = entry.getKey().toString();
            if (!key.equals(ScenarioFile.VARIANTS)) {
                origins.visit(key, entry.getValue(), child(bound.tree(), key, entry.getValue()));
            }
        }
        return origins.found;
    }

    private void visit(String path, Object value, Node given) {
        if (value instanceof Map<?, ?> map) {
            map.forEach(
                    (key, inner) -> {
                        String name = key.toString();
                        visit(path + "." + name, inner, child(given, name, inner));
                    });
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                visit(path + "." + i, list.get(i), item(given, i));
            }
        } else {
            Place place = given == null ? null : given.place();
            found.add(new Origin(path, value.toString(), place, source(path, place)));
        }
    }

    /** What a key was given; a single value stands for the key of a step that it fills. */
    private static Node child(Node given, String key, Object value) {
        if (given instanceof Node.Mapping map) {
            return map.get(key);
        }
        boolean fills =
                given instanceof Node.Scalar scalar && scalar.text().equals(value.toString());
        return fills ? given : null;
    }

    private static Node item(Node given, int index) {
        return given instanceof Node.Sequence list && index < list.items().size()
                ? list.items().get(index)
                : null;
    }

    /** The profile's words about the key, or about the nearest key above it. */
    private String source(String path, Place place) {
        if (place == null || !Profiles.isProfile(place)) {
            return "";
        }
        String key = path.startsWith("machine.") ? path.substring("machine.".length()) : path;
        while (!sources.containsKey(key) && key.indexOf('.') >= 0) {
            key = key.substring(0, key.lastIndexOf('.'));
        }
        return sources.getOrDefault(key, "");
    }
}
