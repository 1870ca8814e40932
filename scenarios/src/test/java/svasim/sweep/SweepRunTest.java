package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.binding.InvalidInput;
import svasim.run.CannotWrite;
import svasim.scenario.BoundScenario;
import svasim.scenario.ScenarioFile;

class SweepRunTest {
    @TempDir private Path folder;

    private Lab lab(String name, String... broken) throws IOException {
        return new Lab(Files.createDirectories(folder.resolve(name)), broken);
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 7})
    void shouldGiveTheSameBytesHoweverManyRunAtOnce(int jobs) throws IOException {
        Lab one = lab("one");
        Lab many = lab("many");
        one.run(one.plan("4KiB..64KiB*2", "1..3"), 1);
        many.run(many.plan("4KiB..64KiB*2", "1..3"), jobs);
        CollectionFolder.write(Collected.read(List.of(one.out), List.of()), one.out.resolve("c"));
        CollectionFolder.write(Collected.read(List.of(many.out), List.of()), many.out.resolve("c"));

        assertEquals(Lab.files(one.out.resolve("points")), Lab.files(many.out.resolve("points")));
        assertEquals(Lab.files(one.out.resolve("c")), Lab.files(many.out.resolve("c")));
    }

    @Test
    void shouldAnswerInTheOrderOfThePlan() throws IOException {
        Lab lab = lab("order");
        Plan plan = lab.plan("64KiB,4KiB,16KiB", "2,1");

        List<SweepRun.Outcome> outcomes = lab.run(plan, 3);

        assertEquals(plan.points(), outcomes.stream().map(SweepRun.Outcome::point).toList());
    }

    @Test
    void shouldNotRunAgainWhatHasEnded() throws IOException {
        Lab lab = lab("again");
        lab.run(lab.plan("4KiB,8KiB", "1"), 1);
        lab.runs.clear();

        lab.run(lab.plan("4KiB,8KiB,16KiB", "1,2"), 2);

        assertEquals(Set.of("4KiB 2", "8KiB 2", "16KiB 1", "16KiB 2"), new HashSet<>(lab.runs));
        assertEquals(4, lab.runs.size());
    }

    @Test
    void shouldRunAnEffectiveConfigurationOnceHoweverItIsWritten() throws IOException {
        Lab lab = lab("same");
        Plan plan = lab.plan("4KiB,4096B,8KiB", "1");

        List<SweepRun.Outcome> outcomes = lab.run(plan, 3);

        assertEquals(plan.points().get(0).hash(), plan.points().get(1).hash());
        assertNotEquals(plan.points().get(0).hash(), plan.points().get(2).hash());
        assertEquals(2, lab.runs.size());
        assertEquals(3, outcomes.stream().filter(o -> o.result().good()).count());
    }

    @Test
    void shouldRunAgainWhenAnotherKeyChanges() throws IOException {
        Lab lab = lab("changed");
        Plan before = lab.plan("4KiB", "1");
        lab.run(before, 1);
        Files.writeString(
                lab.scenario,
                Files.readString(lab.scenario).replace("dst: {}", "dst: {size: 1MiB}"));

        Plan after = lab.plan("4KiB", "1");
        lab.run(after, 1);

        assertNotEquals(before.points().get(0).hash(), after.points().get(0).hash());
        assertEquals(2, lab.runs.size());
    }

    @Test
    void shouldRefuseAPointWhoseScenarioIsNotThatOfThePlan() throws IOException {
        Lab lab = lab("stale");
        Plan plan = lab.plan("4KiB", "1");
        Files.writeString(lab.scenario, Files.readString(lab.scenario).replace("Toy", "Other"));

        Throwable problem = lab.run(plan, 1).get(0).problem();

        assertTrue(problem instanceof InvalidInput);
        assertTrue(problem.getMessage().contains("when the plan was made"), problem.getMessage());
    }

    @Test
    void shouldRunAgainWhatAnotherProgramHasRun() throws IOException {
        Lab lab = lab("program");
        Point point = lab.plan("4KiB", "1").points().get(0);
        BoundScenario scenario = point.bind(ScenarioFile.read(lab.scenario));

        assertEquals(point.hash(), Point.hash(scenario, 1, Program.FINGERPRINT));
        assertNotEquals(point.hash(), Point.hash(scenario, 1, "another"));
    }

    @Test
    void shouldRunTheOthersWhenOneBreaks() throws IOException {
        Lab lab = lab("broken", "8KiB 1");
        Plan plan = lab.plan("4KiB,8KiB,16KiB", "1");

        List<SweepRun.Outcome> outcomes = lab.run(plan, 1);

        assertTrue(outcomes.get(0).result().good());
        assertEquals("a bug at 8KiB", outcomes.get(1).problem().getMessage());
        assertNull(outcomes.get(1).result());
        assertTrue(outcomes.get(2).result().good());
        Collected collected = Collected.read(List.of(lab.out), List.of());
        assertEquals(2, collected.size());
        assertEquals(List.of(plan.points().get(1).title()), collected.missing());
    }

    @Test
    void shouldEndWhenAResultCannotBeWritten() throws IOException {
        Lab lab = lab("full");
        Plan plan = lab.plan("4KiB,8KiB,16KiB", "1");
        Path lock = lab.out.resolve("points/." + plan.points().get(1).hash() + ".lock");
        Files.createDirectory(lock);

        List<SweepRun.Outcome> outcomes = lab.run(plan, 1);

        assertTrue(outcomes.get(0).result().good());
        assertTrue(outcomes.get(1).problem() instanceof CannotWrite, outcomes.toString());
        assertEquals(new SweepRun.Outcome(plan.points().get(2), null, null), outcomes.get(2));
        assertTrue(lab.brake.isRequested());
    }

    @Test
    void shouldNeverCountAHalfWrittenResult() throws IOException {
        Lab broken = lab("half", "8KiB 1");
        Plan plan = broken.plan("4KiB,8KiB", "1");
        broken.run(plan, 1);
        Path points = broken.out.resolve("points");
        Path half = points.resolve("." + plan.points().get(1).hash() + ".part");
        assertTrue(Files.readString(half.resolve("run.json")).contains("\"partial\" : true"));
        assertFalse(new Store(broken.out).has(plan.points().get(1).hash()));

        Lab sound = lab("half");
        sound.run(plan, 1);

        assertEquals(List.of("8KiB 1"), sound.runs);
        assertTrue(new Store(broken.out).has(plan.points().get(1).hash()));
        try (Stream<Path> left = Files.list(points)) {
            assertEquals(
                    Set.of(plan.points().get(0).hash(), plan.points().get(1).hash()),
                    new HashSet<>(left.map(p -> p.getFileName().toString()).toList()));
        }
    }

    @Test
    void shouldRefuseAFolderOfSomethingElse() throws IOException {
        Lab lab = lab("other");
        Files.createDirectories(lab.out);
        Files.writeString(lab.out.resolve("thesis.tex"), "years of work");

        assertThrows(CannotWrite.class, () -> lab.plan("4KiB", "1"));
        assertThrows(
                CannotWrite.class,
                () -> CollectionFolder.write(Collected.read(List.of(), List.of()), lab.out));
        assertEquals("years of work", Files.readString(lab.out.resolve("thesis.tex")));
    }
}
