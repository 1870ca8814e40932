package svasim.explore;

import svasim.kernel.Choices;
import svasim.kernel.RandomStream;
import svasim.kernel.Site;

/** Deviates now and then: at each question with the same probability, to any other answer. */
final class RandomAnswers implements Choices {
    private final RandomStream random;
    private final long questionsPerDeviation;

    /**
     * @param questionsPerDeviation how many questions there are, on average, for one deviation
     */
    RandomAnswers(RandomStream random, long questionsPerDeviation) {
        this.random = random;
        this.questionsPerDeviation = Math.max(1, questionsPerDeviation);
    }

    @Override
    public int pick(Site site, long occurrence, int options) {
        if (options == 1 || random.below(questionsPerDeviation) != 0) {
            return 0;
        }
        return 1 + (int) random.below(options - 1);
    }
}
