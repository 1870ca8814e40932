package svasim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.binding.InvalidInput;
import svasim.binding.Node;

/**
 * Turns the JSON of {@code accel-config save-config} into a scenario: the attributes of groups and
 * queues keep their names, in camel case. Queues are numbered in the order of the file.
 */
final class AccelConfig {
    private static final Set<String> NUMBERS =
            Set.of("size", "threshold", "priority", "max_batch_size");
    private static final Set<String> SWITCHES =
            Set.of("block_on_fault", "ats_disable", "prs_disable");
    private static final Set<String> LIMITS =
            Set.of(
                    "desc_progress_limit",
                    "batch_progress_limit",
                    "read_buffers_reserved",
                    "read_buffers_allowed");
    private static final String GROUP_LIMITED = "use_read_buffer_limit";
    private static final String BUFFER_LIMIT = "read_buffer_limit";

    /** Names that the order of the file already says. */
    private static final Set<String> IMPLIED =
            Set.of("dev", "group_id", "grouped_workqueues", "grouped_engines", "groups");

    private final Set<String> leftOut = new TreeSet<>();

    /** Attributes that the model does not know. */
    Set<String> leftOut() {
        return leftOut;
    }

    /**
     * @throws InvalidInput if the file is not such a configuration
     */
    Map<String, Object> scenario(Node root) {
        Map<String, Object> devices = new LinkedHashMap<>();
        for (Node device : list(root)) {
            Node.Mapping map = map(device);
            map.entries().keySet().stream()
                    .filter(name -> !name.equals(BUFFER_LIMIT))
                    .forEach(this::noteUnlessImplied);
            devices.put(text(map, "dev"), Map.of("model", "dsa", "config", config(map)));
        }
        if (devices.isEmpty()) {
            throw unexpected(root, "a device");
        }
        String first = devices.keySet().iterator().next();
        Map<String, Object> scenario = new LinkedHashMap<>();
        scenario.put("svasim", 1);
        scenario.put("title", "Imported configuration of " + String.join(", ", devices.keySet()));
        scenario.put("aim", "One move through the configuration of a real machine.");
        scenario.put("machine", ordered("profile", "sapphire-rapids", "devices", devices));
        scenario.put("processes", Map.of("app", app(first)));
        scenario.put("expect", Map.of("memory", Map.of("app.dst", "app.src")));
        return scenario;
    }

    private static Map<String, Object> app(String device) {
        Map<String, Object> submit = new LinkedHashMap<>();
        submit.put("to", device);
        submit.put("op", "memmove");
        submit.put("from", "src");
        submit.put("into", "dst");
        submit.put("as", "job");
        List<Object> steps =
                List.of(
                        Map.of("open", device),
                        Map.of("mmap", device),
                        Map.of("submit", submit),
                        Map.of("wait", "job"),
                        "exit");
        return ordered(
                "buffers",
                ordered(
                        "src", ordered("size", "8KiB", "fill", "random"),
                        "dst", Map.of("size", "8KiB")),
                "threads",
                Map.of("main", steps));
    }

    private Map<String, Object> config(Node.Mapping device) {
        Map<String, Object> groups = new LinkedHashMap<>();
        Map<String, Object> queues = new LinkedHashMap<>();
        for (Node node : list(device.get("groups"))) {
            Node.Mapping group = map(node);
            List<Node> members = list(group.get("grouped_workqueues"));
            if (!members.isEmpty()) {
                for (Node queue : members) {
                    queues.put("wq" + queues.size(), queue(map(queue), groups.size()));
                }
                groups.put("group" + groups.size(), group(group));
            }
        }
        Map<String, Object> config = ordered("queues", queues, "groups", groups);
        if (device.get(BUFFER_LIMIT) != null) {
            config.put(camel(BUFFER_LIMIT), number(device.get(BUFFER_LIMIT)));
        }
        return config;
    }

    private Map<String, Object> group(Node.Mapping group) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("engines", list(group.get("grouped_engines")).size());
        group.entries()
                .forEach(
                        (name, entry) -> {
                            if (LIMITS.contains(name)) {
                                attributes.put(camel(name), number(entry.value()));
                            } else if (name.equals(GROUP_LIMITED)) {
                                attributes.put(camel(name), number(entry.value()) != 0);
                            } else {
                                noteUnlessImplied(name);
                            }
                        });
        return attributes;
    }

    private Map<String, Object> queue(Node.Mapping queue, int group) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        attributes.put("mode", text(queue, "mode"));
        attributes.put("groupId", group);
        boolean shared = "shared".equals(attributes.get("mode"));
        queue.entries()
                .forEach(
                        (name, entry) -> {
                            if (!name.equals("threshold") || shared) {
                                add(attributes, name, entry.value());
                            }
                        });
        return attributes;
    }

    private void add(Map<String, Object> attributes, String name, Node value) {
        if (NUMBERS.contains(name)) {
            attributes.put(camel(name), number(value));
        } else if (SWITCHES.contains(name)) {
            attributes.put(camel(name), number(value) != 0);
        } else if (name.equals("max_transfer_size")) {
            attributes.put(camel(name), number(value) / 1024 + "KiB");
        } else if (!name.equals("mode")) {
            noteUnlessImplied(name);
        }
    }

    private void noteUnlessImplied(String name) {
        if (!IMPLIED.contains(name)) {
            leftOut.add(name);
        }
    }

    private static String camel(String name) {
        StringBuilder camel = new StringBuilder();
        for (String word : name.split("_")) {
            boolean first = camel.length() == 0;
            camel.append(first ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        return camel.toString();
    }

    private static Map<String, Object> ordered(
            String name, Object value, String other, Object otherValue) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put(name, value);
        map.put(other, otherValue);
        return map;
    }

    private static List<Node> list(Node node) {
        if (node == null) {
            return new ArrayList<>();
        }
        if (node instanceof Node.Sequence sequence) {
            return sequence.items();
        }
        throw unexpected(node, "a list");
    }

    private static Node.Mapping map(Node node) {
        if (node instanceof Node.Mapping mapping) {
            return mapping;
        }
        throw unexpected(node, "a map");
    }

    private static String text(Node.Mapping map, String key) {
        if (map.get(key) instanceof Node.Scalar scalar) {
            return scalar.text();
        }
        throw new InvalidInput(map.place(), "/" + key, "\"" + key + "\" is missing", null);
    }

    private static long number(Node node) {
        try {
            return Long.parseLong(((Node.Scalar) node).text());
        } catch (NumberFormatException | ClassCastException e) {
            throw unexpected(node, "a number");
        }
    }

    private static InvalidInput unexpected(Node node, String expected) {
        return new InvalidInput(
                node.place(), "", "found " + node.describe(), "expected " + expected);
    }
}
