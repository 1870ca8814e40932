package svasim.check;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.trace.Kind;

/** I-20. Keeps the graph of strong references and searches for a way back at each new one. */
final class NoReferenceCycle extends Rule {
    private final Map<Long, List<Long>> edges = new HashMap<>();

    NoReferenceCycle() {
        super(
                "I-20",
                "Files, mappings, address spaces and bonds do not keep each other alive in a circle.",
                Kind.REFERENCE_ADDED,
                Kind.REFERENCE_REMOVED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.REFERENCE_REMOVED) {
            edges.getOrDefault(seen.a(), new ArrayList<>()).remove(seen.b());
            return;
        }
        edges.computeIfAbsent(seen.a(), from -> new ArrayList<>()).add(seen.b());
        if (reaches(seen.b(), seen.a())) {
            docket.broken(this, Finding.of("a circle closes: " + seen.subject()));
        }
    }

    private boolean reaches(long start, long goal) {
        Deque<Long> open = new ArrayDeque<>(List.of(start));
        Set<Long> seen = new HashSet<>(open);
        while (!open.isEmpty()) {
            long node = open.remove();
            if (node == goal) {
                return true;
            }
            for (long next : edges.getOrDefault(node, List.of())) {
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return false;
    }
}
