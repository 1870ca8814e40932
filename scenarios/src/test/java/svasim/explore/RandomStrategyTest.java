package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.kernel.Site;

class RandomStrategyTest {
    private static final Site SITE = Site.lateness("a.late", 10, 20);
    private static final Source OFTEN = new Source(SITE, "often");
    private static final Source TWICE = new Source(SITE, "twice");
    private static final int OPTIONS = 3;
    private static final int RUNS = 500;

    /** One lane asks a hundred times, another one twice, a third has no choice. */
    private static List<Question> plain() {
        List<Question> plain = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            plain.add(new Question(new Place(OFTEN, i), OPTIONS, 0));
        }
        plain.add(new Question(new Place(TWICE, 0), OPTIONS, 0));
        plain.add(new Question(new Place(TWICE, 1), OPTIONS, 0));
        plain.add(new Question(new Place(new Source(SITE, "none"), 0), 1, 0));
        return plain;
    }

    /** What a run that asks the same questions does differently. */
    private static List<Place> deviations(Answers answers) {
        return plain().stream()
                .map(
                        question ->
                                new Question(
                                        question.place(),
                                        question.options(),
                                        answers.at(
                                                question.place().source(),
                                                question.place().occurrence(),
                                                question.options())))
                .filter(question -> question.answer() != 0)
                .map(Question::place)
                .toList();
    }

    @Test
    void shouldNeverProposeThePlainRun() {
        RandomStrategy random = new RandomStrategy(1, plain());
        for (int i = 0; i < RUNS; i++) {
            assertTrue(!deviations(random.next()).isEmpty());
        }
    }

    @Test
    void shouldNotForgetALaneThatAsksTwice() {
        RandomStrategy random = new RandomStrategy(1, plain());
        Set<Place> seen = new HashSet<>();
        int twice = 0;
        for (int i = 0; i < RUNS; i++) {
            List<Place> deviations = deviations(random.next());
            seen.addAll(deviations);
            twice += deviations.stream().anyMatch(place -> place.source().equals(TWICE)) ? 1 : 0;
        }
        assertTrue(twice > RUNS / 2, twice + " of " + RUNS);
        assertEquals(102, seen.size(), "every question is chosen at some time");
    }

    @Test
    void shouldNotRepeatAScheduleWhileThereAreOthers() {
        List<Question> few = plain().subList(100, 102);
        RandomStrategy random = new RandomStrategy(1, few);
        Set<List<Integer>> seen = new HashSet<>();
        for (int i = 0; i < 8; i++) {
            Answers answers = random.next();
            seen.add(List.of(answers.at(TWICE, 0, OPTIONS), answers.at(TWICE, 1, OPTIONS)));
        }
        assertTrue(seen.size() >= 6, seen::toString);
    }

    @Test
    void shouldHaveNothingButThePlainRunWithoutQuestions() {
        assertEquals(List.of(), deviations(new RandomStrategy(1, List.of()).next()));
    }
}
