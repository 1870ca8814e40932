package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import svasim.kernel.Site;

/**
 * The guarantee of priorities against counted runs: three lanes of six steps each, of which every
 * one may be late, and bugs of known depth.
 */
class PriorityBoundTest {
    private static final Site LATE = Site.lateness("toy.late", 100, 10_000);
    private static final int OPTIONS = 3;
    private static final int LANES = 3;
    private static final int STEPS = 6;
    private static final int RUNS = 20_000;

    /** How often chance may miss what it should reach on average: four standard deviations. */
    private static final double DEVIATIONS = 4;

    /** When each step ran, by lane. */
    private static final class Times {
        private final long[][] at = new long[LANES][STEPS];

        boolean before(int lane, int step, int otherLane, int otherStep) {
            return at[lane][step] < at[otherLane][otherStep];
        }
    }

    private static Source source(int lane) {
        return new Source(LATE, "lane" + lane);
    }

    /** The lane whose next step is due first runs it; the step may then have been late. */
    private static Times run(Answers answers) {
        Times times = new Times();
        long[] due = {0, 1, 2};
        int[] next = new int[LANES];
        for (int i = 0; i < LANES * STEPS; i++) {
            int lane = first(due, next);
            int answer = answers.at(source(lane), next[lane], OPTIONS);
            long late = answer == 0 ? 0 : LATE.delayPs(answer);
            times.at[lane][next[lane]] = due[lane] + late;
            due[lane] += late + LANES;
            next[lane]++;
        }
        return times;
    }

    private static int first(long[] due, int[] next) {
        int first = -1;
        for (int lane = 0; lane < LANES; lane++) {
            boolean ready = next[lane] < STEPS;
            if (ready && (first < 0 || due[lane] < due[first])) {
                first = lane;
            }
        }
        return first;
    }

    private static PriorityStrategy strategy(int depth) {
        List<Question> plain = new ArrayList<>();
        run(
                (source, occurrence, options) -> {
                    plain.add(new Question(new Place(source, occurrence), options, 0));
                    return 0;
                });
        return new PriorityStrategy(7, depth, plain);
    }

    private static void assertFoundAsOftenAsPromised(int depth, Predicate<Times> bug) {
        PriorityStrategy strategy = strategy(depth);
        int found = 0;
        for (int i = 0; i < RUNS; i++) {
            found += bug.test(run(strategy.next())) ? 1 : 0;
        }
        double promised = RUNS * strategy.bound();
        assertTrue(
                found >= promised - DEVIATIONS * Math.sqrt(promised),
                found + " of " + RUNS + " runs, " + promised + " were promised");
    }

    @Test
    void shouldFindALaneThatComesLast() {
        assertEquals(1.0 / (LANES + 1), strategy(1).bound());
        for (int lane = 0; lane < LANES; lane++) {
            int late = lane;
            int other = (lane + 1) % LANES;
            assertFoundAsOftenAsPromised(1, times -> times.before(other, STEPS - 1, late, 0));
        }
    }

    @Test
    void shouldFindALaneThatIsOvertakenBetweenAnyTwoOfItsSteps() {
        assertEquals(1.0 / ((LANES + 1) * LANES * STEPS), strategy(2).bound());
        for (int step = 1; step < STEPS; step++) {
            int late = step;
            assertFoundAsOftenAsPromised(
                    2,
                    times ->
                            times.before(0, late - 1, 1, late)
                                    && times.before(1, STEPS - 1, 0, late));
        }
    }

    @Test
    void shouldFindALaneThatComesLastBehindOneThatIsOvertaken() {
        assertFoundAsOftenAsPromised(
                2,
                times ->
                        times.before(2, 2, 1, STEPS - 1)
                                && times.before(1, STEPS - 1, 2, 3)
                                && times.before(1, STEPS - 1, 0, 0));
    }

    @Test
    void shouldFindTwoLanesThatAreBothOvertaken() {
        assertFoundAsOftenAsPromised(
                3,
                times ->
                        times.before(0, 1, 1, 2)
                                && times.before(2, STEPS - 1, 0, 2)
                                && times.before(1, 3, 2, 4)
                                && times.before(2, STEPS - 1, 1, 4));
    }

    @Test
    void shouldFindNothingInPlainRuns() {
        Times plain = run((source, occurrence, options) -> 0);

        assertTrue(plain.before(0, 2, 1, STEPS - 1));
        assertTrue(plain.before(0, 0, 1, STEPS - 1));
    }
}
