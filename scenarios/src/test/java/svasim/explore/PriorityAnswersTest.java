package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.RandomStream;
import svasim.kernel.Site;

class PriorityAnswersTest {
    private static final Site SITE = Site.lateness("a.late", 10, 20);
    private static final int LANES = 4;
    private static final int OPTIONS = 3;
    private static final int QUESTIONS = 40;
    private static final int SEEDS = 400;

    private static Place place(int question) {
        return new Place(new Source(SITE, "lane" + question % LANES), question / LANES);
    }

    /** Lanes 0 to 3 ask in turn; the answers in the order of asking. */
    private static List<Integer> answers(long seed, int changePoints) {
        PriorityAnswers answers =
                new PriorityAnswers(new RandomStream(seed), LANES, QUESTIONS, changePoints);
        List<Integer> given = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            given.add(answers.at(place(i).source(), place(i).occurrence(), OPTIONS));
        }
        return given;
    }

    @Test
    void shouldKeepOneLaneLateOrNoneWithoutChangePoints() {
        boolean[] lowered = new boolean[LANES + 1];
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> given = answers(seed, 0);
            int low = given.indexOf(OPTIONS - 1);
            lowered[low < 0 ? LANES : low] = true;
            for (int i = 0; i < QUESTIONS; i++) {
                assertEquals(i % LANES == low ? OPTIONS - 1 : 0, given.get(i));
            }
        }
        for (boolean lane : lowered) {
            assertTrue(lane);
        }
    }

    @Test
    void shouldMakeTheLaneLowestThatAsksAtTheChangePoint() {
        boolean[] changedAt = new boolean[QUESTIONS];
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> given = answers(seed, 1);
            int last = QUESTIONS - 1;
            while (given.get(last) != OPTIONS - 1) {
                last--;
            }
            int first = last;
            while (first >= 0 && given.get(first) == OPTIONS - 1) {
                changedAt[first] = true;
                first -= LANES;
            }
        }
        for (boolean question : changedAt) {
            assertTrue(question);
        }
    }

    @Test
    void shouldLetALaneThatWasLoweredBeforeBeLessLate() {
        for (long seed = 0; seed < SEEDS; seed++) {
            List<Integer> given = answers(seed, 1);
            List<Integer> end = new ArrayList<>(given.subList(QUESTIONS - LANES, QUESTIONS));
            end.removeIf(answer -> answer == 0);
            end.sort(null);
            boolean changedAtTheEnd = end.equals(List.of(2, 2));
            assertTrue(
                    end.equals(List.of(2)) || end.equals(List.of(1, 2)) || changedAtTheEnd,
                    given::toString);
        }
    }

    @Test
    void shouldReportTheBoundOfThePaper() {
        List<Question> plain = new ArrayList<>();
        for (int i = 0; i < QUESTIONS; i++) {
            plain.add(new Question(place(i), OPTIONS, 0));
        }

        assertEquals(1.0 / (LANES + 1), new PriorityStrategy(0, 1, plain).bound());
        assertEquals(
                1.0 / ((LANES + 1) * QUESTIONS * QUESTIONS),
                new PriorityStrategy(0, 3, plain).bound());
    }
}
