package svasim.explore;

import java.util.List;
import java.util.Locale;
import svasim.kernel.RandomStream;

/**
 * Priorities over lanes (PCT: Burckhardt, Kothari, Musuvathi, Nagarakatti: A Randomized Scheduler
 * with Probabilistic Guarantees of Finding Bugs, ASPLOS 2010). One lane begins with the lowest
 * priority, or none does; at each of {@code depth - 1} change points the lane that asks there takes
 * its place.
 *
 * <p>With {@code n} ways to begin (one more than there are lanes) and {@code k} questions a run
 * finds a given bug of that depth with a probability of at least {@code 1 / (n * k^(depth - 1))}.
 * Two things are weaker than in the paper. A lane of low priority does not wait until all others
 * are blocked: it is late by the longest time that its sites know, and a lane above it by the next
 * shorter one; so the bound is one for bugs that such a lateness can bring about. And {@code k} are
 * the questions of the plain run; change points behind them, of runs that ask more, are not tried.
 */
final class PriorityStrategy implements Strategy {
    private final RandomStream seeds;
    private final int depth;
    private final int lanes;
    private final int questions;

    /**
     * @param depth of the bugs that are looked for: orders between two events that it takes
     */
    PriorityStrategy(long seed, int depth, List<Question> plain) {
        this.seeds = new RandomStream(~seed);
        this.depth = depth;
        this.questions = Math.max(1, plain.size());
        this.lanes =
                Math.max(
                        1,
                        (int)
                                plain.stream()
                                        .map(question -> question.place().lane())
                                        .distinct()
                                        .count());
    }

    @Override
    public Answers next() {
        return new PriorityAnswers(new RandomStream(seeds.next()), lanes, questions, depth - 1);
    }

    /** Least probability that one run finds a given bug of the depth. */
    double bound() {
        return 1 / ((lanes + 1) * Math.pow(questions, depth - 1));
    }

    /** The guarantee in words, for so many runs. */
    String guarantee(int runs) {
        return String.format(
                Locale.ROOT,
                "priorities over %d lanes with %d choice points: a run finds a given bug of depth"
                        + " %d that lateness can cause with probability 1/((n+1)*k^(d-1)) ="
                        + " 1/%.0f or more, %d runs with %.2g",
                lanes,
                questions,
                depth,
                1 / bound(),
                runs,
                -Math.expm1(runs * Math.log1p(-bound())));
    }
}
