package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.kernel.Choices;
import svasim.kernel.RandomStream;
import svasim.kernel.Site;

/**
 * Deviates now and then, at a few sites only. Sites are drawn first, so that one that asks a
 * thousand times a run does not hide one that asks twice.
 */
final class RandomAnswers implements Choices {
    private static final int MOST_SITES = 3;
    private static final int MOST_DEVIATIONS_PER_SITE = 4;

    private final RandomStream random;

    /** Questions, on average, for one deviation; sites that are not in it never deviate. */
    private final Map<String, Long> spacing = new HashMap<>();

    /**
     * @param plain what the plain run asked
     */
    RandomAnswers(RandomStream random, List<Recorder.Question> plain) {
        this.random = random;
        Map<String, Long> questions = new TreeMap<>();
        plain.stream()
                .filter(question -> question.options() > 1)
                .forEach(question -> questions.merge(question.site(), 1L, Long::sum));
        List<String> sites = new ArrayList<>(questions.keySet());
        for (long i = random.below(MOST_SITES); i >= 0 && !sites.isEmpty(); i--) {
            String site = sites.remove((int) random.below(sites.size()));
            long deviations = 1 + random.below(MOST_DEVIATIONS_PER_SITE);
            spacing.put(site, Math.max(1, questions.get(site) / deviations));
        }
    }

    @Override
    public int pick(Site site, long occurrence, int options) {
        Long questions = spacing.get(site.name());
        if (questions == null || options == 1 || random.below(questions) != 0) {
            return 0;
        }
        return 1 + (int) random.below(options - 1);
    }
}
