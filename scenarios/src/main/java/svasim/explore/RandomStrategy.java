package svasim.explore;

import java.util.List;
import svasim.kernel.RandomStream;

/** Random deviations, another stream of them for each run. */
final class RandomStrategy implements Strategy {
    private final RandomStream seeds;
    private final Sources sources;

    RandomStrategy(long seed, List<Question> plain) {
        this.seeds = new RandomStream(seed);
        this.sources = new Sources(plain);
    }

    @Override
    public Answers next() {
        return new RandomAnswers(new RandomStream(seeds.next()), sources);
    }
}
