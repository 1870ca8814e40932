package svasim.explore;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.RandomStream;

/**
 * A few random deviations of the plain run, at few sources. Those are drawn first, so that a task
 * that asks a thousand times a run does not hide one that asks twice. No schedule is proposed twice
 * as long as others are easily found.
 */
final class RandomStrategy implements Strategy {
    private static final int MOST_SOURCES = 3;
    private static final int MOST_DEVIATIONS_PER_SOURCE = 4;

    /** Draws after which a schedule that was proposed before is good enough. */
    private static final int MOST_DRAWS = 20;

    private final RandomStream random;
    private final List<List<Question>> sources;
    private final Set<Schedule> proposed = new HashSet<>();

    RandomStrategy(long seed, List<Question> plain) {
        this.random = new RandomStream(seed);
        this.sources = Sources.of(plain);
    }

    @Override
    public Answers next() {
        Schedule schedule = draw();
        for (int i = 1; i < MOST_DRAWS && !proposed.add(schedule); i++) {
            schedule = draw();
        }
        return schedule.answers();
    }

    private Schedule draw() {
        List<Deviation> deviations = new ArrayList<>();
        List<List<Question>> left = new ArrayList<>(sources);
        for (long i = random.below(MOST_SOURCES); i >= 0 && !left.isEmpty(); i--) {
            draw(left.remove((int) random.below(left.size())), deviations);
        }
        return new Schedule(deviations);
    }

    private void draw(List<Question> source, List<Deviation> deviations) {
        List<Question> left = new ArrayList<>(source);
        for (long i = random.below(MOST_DEVIATIONS_PER_SOURCE); i >= 0 && !left.isEmpty(); i--) {
            Question question = left.remove((int) random.below(left.size()));
            deviations.add(question.deviation(1 + (int) random.below(question.options() - 1)));
        }
    }
}
