package svasim.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The questions of a run by who asks. */
final class Sources {
    private static final Comparator<Source> BY_NAME =
            Comparator.comparing((Source source) -> source.site().name())
                    .thenComparing(Source::lane);

    private Sources() {}

    /** Questions that have more than one answer, of each source; in the order of names. */
    static List<List<Question>> of(List<Question> run) {
        Map<Source, List<Question>> bySource = new LinkedHashMap<>();
        run.stream()
                .filter(question -> question.options() > 1)
                .forEach(
                        question ->
                                bySource.computeIfAbsent(
                                                question.place().source(), s -> new ArrayList<>())
                                        .add(question));
        return bySource.entrySet().stream()
                .sorted(Map.Entry.comparingByKey(BY_NAME))
                .map(Map.Entry::getValue)
                .toList();
    }
}
