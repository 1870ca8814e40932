package svasim.scenario;

import java.util.LinkedHashSet;
import java.util.Set;
import svasim.binding.Node;

/** Whose buffers a process finds in its memory: its own, and those of whom it was forked from. */
final class Ancestry {
    private static final Set<String> MAKING = Set.of("fork", "clone");

    private final Node.Mapping processes;

    private Ancestry(Node.Mapping processes) {
        this.processes = processes;
    }

    /** The process, and all whose copy it is, by name. */
    static Set<String> of(Node root, String process) {
        Set<String> family = new LinkedHashSet<>();
        if (root instanceof Node.Mapping map
                && map.get("processes") instanceof Node.Mapping processes) {
            new Ancestry(processes).add(process, family);
        }
        return family;
    }

    private void add(String process, Set<String> family) {
        if (!family.add(process)) {
            return;
        }
        processes
                .entries()
                .forEach(
                        (name, entry) -> {
                            if (makes(entry.value(), process)) {
                                add(name, family);
                            }
                        });
    }

    private static boolean makes(Node parent, String child) {
        if (!(parent instanceof Node.Mapping map
                && map.get("threads") instanceof Node.Mapping threads)) {
            return false;
        }
        return threads.entries().values().stream()
                .map(Node.Entry::value)
                .filter(Node.Sequence.class::isInstance)
                .flatMap(steps -> ((Node.Sequence) steps).items().stream())
                .anyMatch(step -> isMaking(step, child));
    }

    private static boolean isMaking(Node step, String child) {
        if (!(step instanceof Node.Mapping map)
                || !MAKING.containsAll(map.entries().keySet())
                || map.entries().isEmpty()) {
            return false;
        }
        Node argument = map.entries().values().iterator().next().value();
        Node name = argument instanceof Node.Mapping inner ? inner.get("process") : argument;
        return name instanceof Node.Scalar scalar && scalar.text().equals(child);
    }
}
