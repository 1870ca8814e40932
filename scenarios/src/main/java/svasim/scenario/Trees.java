package svasim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.binding.InvalidInput;
import svasim.binding.Node;
import svasim.binding.Place;

/** Lays located trees over each other. */
final class Trees {
    private Trees() {}

    /** Maps are merged key by key; of anything else, {@code over} wins. */
    static Node merge(Node base, Node over) {
        if (!(base instanceof Node.Mapping below) || !(over instanceof Node.Mapping above)) {
            return over;
        }
        Map<String, Node.Entry> merged = new LinkedHashMap<>(below.entries());
        above.entries()
                .forEach(
                        (key, entry) ->
                                merged.merge(
                                        key,
                                        entry,
                                        (old, given) ->
                                                new Node.Entry(
                                                        given.key(),
                                                        merge(old.value(), given.value()))));
        return new Node.Mapping(above.place(), merged);
    }

    /**
     * The tree with another value at a path of keys with dots; keys that contain dots are found
     * too.
     *
     * @throws InvalidInput if the path leads through something that has no keys
     */
    static Node with(Node root, String path, Node value) {
        int dot = path.indexOf('.');
        if (root instanceof Node.Sequence list) {
            return withItem(list, path, value);
        }
        Map<String, Node.Entry> entries = new LinkedHashMap<>(entries(root, path, value.place()));
        while (dot > 0 && !entries.containsKey(path.substring(0, dot))) {
            int next = path.indexOf('.', dot + 1);
            if (next < 0 && !entries.containsKey(path)) {
                dot = path.indexOf('.');
                break;
            }
            dot = next;
        }
        if (dot < 0 || entries.containsKey(path)) {
            entries.put(path, new Node.Entry(value.place(), value));
        } else {
            String key = path.substring(0, dot);
            Node.Entry old = entries.get(key);
            Node below = old == null ? new Node.Mapping(value.place(), Map.of()) : old.value();
            Place place = old == null ? value.place() : old.key();
            entries.put(key, new Node.Entry(place, with(below, path.substring(dot + 1), value)));
        }
        return new Node.Mapping(root.place(), entries);
    }

    private static Map<String, Node.Entry> entries(Node node, String path, Place place) {
        if (node instanceof Node.Mapping mapping) {
            return mapping.entries();
        }
        if (node instanceof Node.Scalar scalar && scalar.form() == Node.Form.NULL) {
            return Map.of();
        }
        throw new InvalidInput(
                place, "", "no key \"" + path + "\" below a value", "check the path");
    }

    private static Node withItem(Node.Sequence list, String path, Node value) {
        int dot = path.indexOf('.');
        String index = dot < 0 ? path : path.substring(0, dot);
        if (!index.matches("[0-9]{1,4}") || Integer.parseInt(index) >= list.items().size()) {
            throw new InvalidInput(
                    value.place(), "", "no item " + index, "a list of " + list.items().size());
        }
        List<Node> items = new ArrayList<>(list.items());
        int i = Integer.parseInt(index);
        items.set(i, dot < 0 ? value : with(items.get(i), path.substring(dot + 1), value));
        return new Node.Sequence(list.place(), items);
    }

    /** Where a path of keys with slashes stands; as near as the tree goes. */
    static Place locate(Node root, String path) {
        Node node = root;
        for (String key : path.split("/")) {
            Node next = null;
            if (node instanceof Node.Mapping mapping) {
                next = mapping.get(key);
            } else if (node instanceof Node.Sequence list
                    && key.matches("[0-9]{1,4}")
                    && Integer.parseInt(key) < list.items().size()) {
                next = list.items().get(Integer.parseInt(key));
            }
            node = next == null ? node : next;
        }
        return node.place();
    }
}
