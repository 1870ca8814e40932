package svasim.lesson.story;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import svasim.report.Seen;
import svasim.trace.Kind;

/** The paths of walks: what was read on the way to each of a walk's steps. */
final class Walks {
    private final Tables tables;
    private final Map<Long, List<Word>> paths = new Recent<>();
    private final List<Path> rows = new ArrayList<>();

    private record Path(int step, List<Word> words) {}

    Walks(Tables tables) {
        this.tables = tables;
    }

    /**
     * Takes the next observation.
     *
     * @param step negative before the story begins
     */
    void see(int step, Seen seen) {
        List<Word> before = paths.getOrDefault(seen.cause(), List.of());
        boolean reads = seen.kind() == Kind.WALK_READ || seen.kind() == Kind.WALK_UPDATED;
        boolean ends = seen.kind() == Kind.TRANSLATED || seen.kind() == Kind.TRANSLATION_FAULTED;
        if (reads) {
            List<Word> path = new ArrayList<>(before);
            int bytes = seen.kind() == Kind.WALK_READ ? (int) seen.c() : Long.BYTES;
            for (int offset = 0; offset < bytes; offset += Long.BYTES) {
                Word word = tables.read(seen.a() + offset);
                if (word != null && !path.contains(word)) {
                    path.add(word);
                }
            }
            paths.put(seen.id(), path);
            add(step, path);
        } else if (ends) {
            add(step, before);
        }
    }

    private void add(int step, List<Word> path) {
        if (step >= 0 && !path.isEmpty()) {
            rows.add(new Path(step, path));
        }
    }

    /** After the tables have numbered their words. */
    List<Object> rows() {
        return rows.stream().map(path -> (Object) plain(path)).toList();
    }

    private static List<Object> plain(Path path) {
        List<Integer> numbers =
                path.words.stream().map(Word::number).filter(n -> n != Tables.NONE).toList();
        return List.of(path.step, numbers);
    }
}
