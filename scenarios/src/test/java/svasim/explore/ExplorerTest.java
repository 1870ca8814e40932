package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.run.Runner;
import svasim.run.ToyMachine;
import svasim.run.Toys;

/** The toy breaks if its third and its eighth question are answered 2. */
class ExplorerTest {
    private static final Schedule SHORTEST = Schedule.parse("toy.late#3=2,toy.late#8=2");

    private static final String LATE = "toy.late is answered by 2";

    private static Explorer explorer(String more, long seed) {
        return new Explorer(new Runner(ToyMachine.assembly()), Toys.scenario(more), seed);
    }

    @Test
    void shouldFindTheRaceByChanceAndShrinkIt() {
        Explorer.Finding finding = explorer("", 1).random(2000);

        assertEquals(SHORTEST, finding.schedule());
        assertEquals(Set.of("I-11"), finding.failures());
    }

    @Test
    void shouldFindTheSameWithTheSameSeed() {
        assertEquals(explorer("", 5).random(500), explorer("", 5).random(500));
    }

    @Test
    void shouldFindTheRaceByTryingEverySchedule() {
        Explorer.Finding finding = explorer("", 0).exhaustive(2, 10_000);

        assertEquals(SHORTEST, finding.schedule());
    }

    @Test
    void shouldRunEveryScheduleOfOneDeviationOnce() {
        Explorer.Finding finding = explorer("", 0).exhaustive(1, 10_000);

        assertNull(finding.schedule());
        assertTrue(finding.complete());
        assertEquals(1 + 12 * 2, finding.runs());
    }

    @Test
    void shouldSayWhenItGaveUp() {
        assertTrue(!explorer("", 0).exhaustive(2, 20).complete());
    }

    @Test
    void shouldRepeatAScheduleAndTellItsStory() {
        Explorer.Finding finding = explorer("", 0).replay(SHORTEST);

        List<String> story = finding.story();
        assertEquals(Set.of("I-11"), finding.failures());
        assertTrue(story.get(0).startsWith("   1.       0.000 us  os"), story.get(0));
        assertEquals(List.of(LATE, LATE), finding.deviations());
        assertEquals(
                2, story.stream().filter(line -> line.endsWith("here:        " + LATE)).count());
        assertTrue(
                story.get(story.size() - 1).endsWith("an invariant is broken: I-11, late"),
                story.toString());
    }

    @Test
    void shouldFindNothingInWhatIsExpected() {
        assertNull(explorer("expect: {violations: [I-11]}", 1).random(300).schedule());
    }

    @Test
    void shouldReadAndWriteSchedules() {
        assertEquals("toy.late#3=2,toy.late#8=2", SHORTEST.toString());
        assertEquals(Schedule.PLAIN, Schedule.parse(Schedule.PLAIN.toString()));
        assertThrows(IllegalArgumentException.class, () -> Schedule.parse("late=2"));
    }
}
