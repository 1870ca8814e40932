package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.run.ToyMachine;
import svasim.run.Toys;

/** The toy breaks if its third and its eighth question are answered 2. */
class ExplorerTest {
    private static final Schedule SHORTEST = Schedule.parse("toy.late@app#3=2,toy.late@app#8=2");

    private static final String LATE = "toy.late is answered by 2";

    private static Explorer explorer(String more, long seed) {
        return new Explorer(ToyMachine.assembly(), Toys.scenario(more), seed);
    }

    private static Search search(Search.Method method, int runs) {
        return Search.of(method, runs, 2);
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindTheRaceWithEachMethodAndShrinkIt(Search.Method method) {
        Finding finding = explorer("", 1).search(search(method, 10_000));

        assertEquals(SHORTEST, finding.schedule());
        assertEquals(Set.of("I-11"), finding.failures());
    }

    @ParameterizedTest
    @EnumSource
    void shouldFindTheSameWithAnyNumberOfJobs(Search.Method method) {
        Finding one = explorer("", 5).search(new Search(method, 500, 2, 1, null));
        Finding three = explorer("", 5).search(new Search(method, 500, 2, 3, null));

        assertEquals(one, three);
    }

    @Test
    void shouldSayThatInvariantsWereNotChecked() {
        String first = "invariants were not checked; only what gets stuck is found";
        Search few = search(Search.Method.RANDOM, 2);

        assertEquals(
                List.of(first), explorer("measure: {invariants: false}", 5).search(few).searched());
        assertEquals(List.of(), explorer("", 5).search(few).searched());
    }

    @Test
    void shouldFindOtherSchedulesWithAnotherSeed() {
        Search random = search(Search.Method.RANDOM, 10_000);

        assertNotEquals(
                explorer("", 5).search(random).runs(), explorer("", 6).search(random).runs());
    }

    @Test
    void shouldRunEveryScheduleOfOneDeviationOnce() {
        Finding finding = explorer("", 0).search(Search.of(Search.Method.EXHAUSTIVE, 10_000, 1));

        assertNull(finding.schedule());
        assertEquals(List.of("every schedule of at most 1 deviations was run"), finding.searched());
        assertEquals(1 + 12 * 2, finding.runs());
    }

    @Test
    void shouldAskOnlyAtTheChoicePointsThatAreWanted() {
        Search every = Search.of(Search.Method.EXHAUSTIVE, 10_000, 1);

        assertEquals(1, explorer("", 0).search(every.only(Set.of("os.preempt"))).runs());
        assertEquals(25, explorer("", 0).search(every.only(Set.of("toy.late"))).runs());
    }

    @Test
    void shouldSayWhenItGaveUp() {
        Finding finding = explorer("", 0).search(Search.of(Search.Method.EXHAUSTIVE, 20, 2));

        assertEquals(20, finding.runs());
        assertEquals(List.of("not every schedule of 2 deviations was run"), finding.searched());
    }

    @Test
    void shouldGiveUpWhenTheTimeIsOver() {
        Search brief = new Search(Search.Method.RANDOM, 1000, 2, 1, Duration.ZERO);

        assertEquals(1, explorer("", 0).search(brief).runs());
    }

    @Test
    void shouldTellTheBoundOfPriorities() {
        Finding finding =
                explorer("expect: {violations: [I-11]}", 0)
                        .search(search(Search.Method.PRIORITY, 25));

        String guarantee = finding.searched().get(0);
        assertTrue(guarantee.contains("1 lanes with 12 choice points"), guarantee);
        assertTrue(guarantee.contains("= 1/24 or more, 24 runs with 0.64"), guarantee);
    }

    @Test
    void shouldRepeatAScheduleAndTellItsStory() {
        Finding finding = explorer("", 0).replay(SHORTEST);

        List<String> story = finding.story().lines();
        assertEquals(Set.of("I-11"), finding.failures());
        assertTrue(story.get(0).startsWith("   1.       0.000 us  os"), story.get(0));
        assertEquals(List.of(LATE, LATE), finding.story().deviations());
        assertEquals(
                2, story.stream().filter(line -> line.matches(".* app +HERE: " + LATE)).count());
        assertTrue(
                story.get(story.size() - 1).endsWith("an invariant is broken: I-11, late"),
                story.toString());
    }

    @Test
    void shouldFindNothingInWhatIsExpected() {
        Explorer explorer = explorer("expect: {violations: [I-11]}", 1);

        assertNull(explorer.search(search(Search.Method.RANDOM, 300)).schedule());
    }

    @Test
    void shouldRepeatAScheduleToTheByte() {
        assertEquals(explorer("", 0).replay(SHORTEST), explorer("", 0).replay(SHORTEST));
    }

    @Test
    void shouldDrawTheStory() {
        String diagram = explorer("", 0).replay(SHORTEST).story().diagram();

        assertTrue(diagram.startsWith("sequenceDiagram\n    participant p0 as app\n"), diagram);
        assertTrue(diagram.contains("Note over p0: 4.500 us HERE: toy.late is"), diagram);
        assertTrue(diagram.contains("p0->>"), diagram);
    }

    @Test
    void shouldReadAndWriteSchedules() {
        assertEquals("toy.late@app#3=2,toy.late@app#8=2", SHORTEST.toString());
        assertEquals(Schedule.PLAIN, Schedule.parse(Schedule.PLAIN.toString()));
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse("late=2"));
    }
}
