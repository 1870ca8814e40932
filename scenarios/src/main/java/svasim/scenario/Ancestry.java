package svasim.scenario;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.binding.Node;

/** Whose buffers a process finds in its memory: its own, and those of whom it was forked from. */
final class Ancestry {
    private static final Set<String> MAKING = Set.of("fork", "clone");

    /** Who makes a process, in the order of the file. */
    private final Map<String, Set<String>> makers = new HashMap<>();

    /**
     * @param scope what has the key {@code processes}
     */
    Ancestry(Node scope) {
        if (scope instanceof Node.Mapping map
                && map.get("processes") instanceof Node.Mapping processes) {
            processes.entries().forEach((name, entry) -> add(name, entry.value()));
        }
    }

    /** The process, and all whose copy it is, by name. */
    Set<String> of(String process) {
        Set<String> family = new LinkedHashSet<>();
        add(process, family);
        return family;
    }

    private void add(String process, Set<String> family) {
        if (family.add(process)) {
            makers.getOrDefault(process, Set.of()).forEach(maker -> add(maker, family));
        }
    }

    private void add(String parent, Node process) {
        if (!(process instanceof Node.Mapping map
                && map.get("threads") instanceof Node.Mapping threads)) {
            return;
        }
        for (Node.Entry thread : threads.entries().values()) {
            if (thread.value() instanceof Node.Sequence steps) {
                addMade(parent, steps.items());
            }
        }
    }

    private void addMade(String parent, List<Node> steps) {
        for (Node step : steps) {
            String child = made(step);
            if (child != null) {
                makers.computeIfAbsent(child, name -> new LinkedHashSet<>()).add(parent);
            }
        }
    }

    /** Whom a step makes, or null. */
    private static String made(Node step) {
        if (!(step instanceof Node.Mapping map)
                || !MAKING.containsAll(map.entries().keySet())
                || map.entries().isEmpty()) {
            return null;
        }
        Node argument = map.entries().values().iterator().next().value();
        Node name = argument instanceof Node.Mapping inner ? inner.get("process") : argument;
        return name instanceof Node.Scalar scalar ? scalar.text() : null;
    }
}
