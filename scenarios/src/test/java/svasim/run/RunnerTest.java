package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;

class RunnerTest {
    private static RunResult run(String more) {
        return run(more, Choices.PLAIN);
    }

    private static RunResult run(String more, Choices choices) {
        return new Runner(ToyMachine.assembly())
                .run(Toys.scenario(more), 0, choices, machine -> {});
    }

    @Test
    void shouldBeGoodWhenAllThatIsExpectedIsTrue() {
        RunResult result =
                run(
                        """
                        expect:
                          pasid: {app: [allocated, bound, cut, drained, freed]}
                          memory: {app.dst: app.src}
                          statistics: {toy.steps: {min: 12, max: 12}}
                        """);

        assertTrue(result.good(), result.broken().toString());
        assertEquals(12, result.events());
        assertEquals(16_500_000, result.endPs());
    }

    @Test
    void shouldSayWhichExpectationDoesNotHold() {
        RunResult result =
                run(
                        """
                        expect:
                          pasid: {app: [bound, allocated]}
                          refused: {app: prefix}
                          memory: {app.other: app.src, app.dst: app.gone}
                          violations: [I-11]
                          statistics: {toy.steps: {min: 13}, toy.nothing: {min: 0}}
                        """);

        assertFalse(result.good());
        assertEquals(
                List.of(
                        "expect.pasid.app: expected [bound, allocated], found [allocated, bound,"
                                + " cut, drained, freed]",
                        "expect.refused.app: expected prefix, found []",
                        "expect.memory.app.other: expected app.src, found another byte at 2",
                        "expect.memory.app.dst: expected a buffer app.gone, found none",
                        "expect.violations: expected [I-11], found []",
                        "expect.statistics.toy.steps: expected at least 13, found 12",
                        "expect.statistics.toy.nothing: expected at least 0, found none"),
                result.broken());
    }

    @Test
    void shouldNotBeGoodWhenAnInvariantBreaksThatIsNotExpected() {
        Choices late = (site, occurrence, lane, options) -> 2;

        assertFalse(run("", late).good());
        assertTrue(run("expect: {violations: [I-11]}", late).good());
    }

    @Test
    void shouldStopAtTheLimitOfTime() {
        RunResult result = run("measure: {until: 3us}");

        assertEquals(Kernel.End.TIME_LIMIT, result.end());
        assertFalse(result.good());
    }

    @Test
    void shouldStopAtTheLimitOfEvents() {
        assertEquals(Kernel.End.EVENT_LIMIT, run("measure: {events: 5}").end());
    }

    @Test
    void shouldTellTheLifeOfThePasid() {
        List<String> life = run("").life();

        assertEquals("      0.000 us  os         PASID 7 is allocated for app", life.get(0));
        assertTrue(life.get(1).endsWith("PASID 7 is bound: dsa0 may use the memory of app"));
        assertEquals(5, life.size());
    }
}
