package svasim.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who asks how much in the plain run. */
final class Sources {
    private final List<Source> all = new ArrayList<>();
    private final Map<Source, Integer> counts = new HashMap<>();

    Sources(List<Question> plain) {
        plain.stream()
                .filter(question -> question.options() > 1)
                .forEach(question -> counts.merge(question.place().source(), 1, Integer::sum));
        all.addAll(counts.keySet());
        all.sort(
                Comparator.comparing((Source source) -> source.site().name())
                        .thenComparing(Source::lane));
    }

    /** In an order that depends on the plain run only. */
    List<Source> all() {
        return all;
    }

    /** Questions of the source in the plain run. */
    int count(Source source) {
        return counts.get(source);
    }
}
