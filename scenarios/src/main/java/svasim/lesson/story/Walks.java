package svasim.lesson.story;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.report.Seen;
import svasim.trace.Kind;

/** The paths of walks: what was read on the way to each of a walk's steps. */
final class Walks {
    private final Tables tables;
    private final Map<Long, List<Integer>> paths = new HashMap<>();
    private final List<Object> rows = new ArrayList<>();

    Walks(Tables tables) {
        this.tables = tables;
    }

    void see(int step, Seen seen) {
        List<Integer> before = paths.getOrDefault(seen.cause(), List.of());
        boolean reads = seen.kind() == Kind.WALK_READ || seen.kind() == Kind.WALK_UPDATED;
        boolean ends = seen.kind() == Kind.TRANSLATED || seen.kind() == Kind.TRANSLATION_FAULTED;
        if (reads) {
            List<Integer> path = new ArrayList<>(before);
            int bytes = seen.kind() == Kind.WALK_READ ? (int) seen.c() : Long.BYTES;
            for (int offset = 0; offset < bytes; offset += Long.BYTES) {
                int word = tables.read(seen.a() + offset);
                if (word != Tables.NONE && !path.contains(word)) {
                    path.add(word);
                }
            }
            paths.put(seen.id(), path);
            add(step, path);
        } else if (ends) {
            add(step, before);
        }
    }

    private void add(int step, List<Integer> path) {
        if (!path.isEmpty()) {
            rows.add(List.of(step, path));
        }
    }

    List<Object> rows() {
        return rows;
    }
}
