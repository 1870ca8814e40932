package svasim.validate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.binding.InvalidInput;
import svasim.run.Runner;
import svasim.run.ToyMachine;
import svasim.run.Toys;

class ValidationTest {
    private static final String MEASURE =
            """
            measure:
              sweep: {path: processes.app.buffers.b.size, values: [4KiB, 8KiB]}
              published:
                steps:
                  source: made up
                  statistic: toy.steps
                  value: count
                  tolerance: 10%
                  rows: {one: [11, 12], two: [13, 20]}
                  fitted: {one: [4KiB]}
                delay:
                  source: made up
                  statistic: toy.delay.ps
                  divide: 1000
                  unit: ns
                  tolerance: 1%
                  rows: {one: [1500, 1520]}
            variants:
              one: {}
              two: {os.policy: intel-pin}
            """;

    private static List<Point> points(String measure) {
        return entry(measure).points();
    }

    private static Entry entry(String measure) {
        return Validation.of(new Runner(ToyMachine.assembly()), Toys.file(measure));
    }

    /** A gate of the steps of variant one, with further keys. */
    private static Point gate(String keys) {
        String gates =
                "  gates: {steps: {source: s, statistic: toy.steps, value: count, " + keys + "}}\n";
        List<Point> points = points(MEASURE.replace("variants:", gates + "variants:"));
        return points.get(points.size() - 1);
    }

    @Test
    void shouldAcceptANumberOnItsBoundsAndNoneBeyond() {
        double steps = gate("of: one, min: 1").simulated();

        assertTrue(gate("of: one, min: " + steps + ", max: " + steps).good());
        assertFalse(gate("of: one, min: " + (steps + 0.5)).good());
        assertFalse(gate("of: one, max: " + (steps - 0.5)).good());
    }

    @Test
    void shouldDivideByTheNumberOfAnotherVariant() {
        Point ratio = gate("of: one, over: two, min: 0.5, max: 2");

        assertEquals("one / two", ratio.variant());
        assertEquals("x", ratio.unit());
        double one = gate("of: one, min: 1").simulated();
        assertEquals(one / gate("of: two, min: 1").simulated(), ratio.simulated(), 1e-9);
        assertTrue(ratio.good());
        assertEquals(0, ratio.errorPercent());
    }

    @Test
    void shouldTellHowFarAGateIsMissed() {
        double steps = gate("of: one, min: 1").simulated();

        assertEquals(-50, gate("of: one, min: " + 2 * steps).errorPercent(), 1e-9);
    }

    @Test
    void shouldRefuseAGateWithoutBounds() {
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> gate("of: one"));

        assertTrue(invalid.getMessage().contains("a bound"), invalid.getMessage());
    }

    @Test
    void shouldKeepWhereEachComparisonIsFrom() {
        Entry entry = entry(MEASURE);

        assertEquals("toy", entry.name());
        assertEquals("made up", entry.sources().get("steps"));
        assertEquals("processes.app.buffers.b.size", entry.sweep());
    }

    @Test
    void shouldCompareEveryPoint() {
        List<Point> points = points(MEASURE);

        assertEquals(6, points.size());
        assertEquals(
                List.of(true, true, true, false, true, false),
                points.stream().map(Point::good).toList());
        assertEquals("8KiB", points.get(1).at());
        assertTrue(points.get(0).fitted());
        assertFalse(points.get(1).fitted());
        assertEquals(12, points.get(0).simulated());
        assertEquals(1500, points.get(4).simulated(), 2);
    }

    @Test
    void shouldPrintATableWithAVerdict() {
        List<String> table = Table.text(points(MEASURE));

        assertEquals(8, table.size());
        assertTrue(table.get(1).endsWith("ok, fitted"), table.get(1));
        assertTrue(table.get(4).endsWith("OUTSIDE, predicted"), table.get(4));
        assertEquals(
                "6 points, 2 outside their tolerance, 0 of runs that were not good; 1 were used to choose parameters (fitted)",
                table.get(7));
    }

    @Test
    void shouldNotAcceptANumberOfARunThatWasNotGood() {
        List<Point> points = points(MEASURE + "expect: {violations: [I-01]}\n");

        assertEquals(12, points.get(1).simulated());
        assertFalse(points.get(1).good());
        assertTrue(Table.text(points).get(2).endsWith("RUN NOT GOOD, predicted"));
    }

    @Test
    void shouldRefuseARowThatDoesNotFitTheSweep() {
        InvalidInput invalid =
                assertThrows(InvalidInput.class, () -> points(MEASURE.replace("[11, 12]", "[11]")));

        assertTrue(invalid.getMessage().contains("1 numbers; expected 2 of the sweep"));
    }

    @Test
    void shouldCompareOnlyWhereThereAreNumbers() {
        String at = "tolerance: 1%\n      at: [8KiB]";
        List<Point> points =
                points(MEASURE.replace("tolerance: 1%", at).replace("[1500, 1520]", "[1520]"));

        assertEquals(5, points.size());
        assertEquals("8KiB", points.get(4).at());
    }

    @Test
    void shouldRefuseNumbersAtAValueThatIsNotTried() {
        String at = "tolerance: 1%\n      at: [9KiB]";
        InvalidInput invalid =
                assertThrows(
                        InvalidInput.class, () -> points(MEASURE.replace("tolerance: 1%", at)));

        assertTrue(invalid.getMessage().contains("9KiB"), invalid.getMessage());
    }

    @Test
    void shouldRefuseAStatisticThatDoesNotExist() {
        assertThrows(InvalidInput.class, () -> points(MEASURE.replace("toy.steps", "toy.stepz")));
    }
}
