package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.RandomStream;

/**
 * Deviates now and then, from few sources only. They are drawn first, so that a task that asks a
 * thousand times a run does not hide one that asks twice.
 */
final class RandomAnswers implements Answers {
    private static final int MOST_SOURCES = 3;
    private static final int MOST_DEVIATIONS_PER_SOURCE = 4;

    private final RandomStream random;

    /** Questions, on average, for one deviation; sources that are not in it never deviate. */
    private final Map<Source, Integer> spacing = new HashMap<>();

    RandomAnswers(RandomStream random, Sources sources) {
        this.random = random;
        List<Source> left = new ArrayList<>(sources.all());
        for (long i = random.below(MOST_SOURCES); i >= 0 && !left.isEmpty(); i--) {
            Source source = left.remove((int) random.below(left.size()));
            int deviations = 1 + (int) random.below(MOST_DEVIATIONS_PER_SOURCE);
            spacing.put(source, Math.max(1, sources.count(source) / deviations));
        }
    }

    @Override
    public int at(Source source, long occurrence, int options) {
        Integer questions = spacing.get(source);
        if (questions == null || options == 1 || random.below(questions) != 0) {
            return 0;
        }
        return 1 + (int) random.below(options - 1);
    }
}
