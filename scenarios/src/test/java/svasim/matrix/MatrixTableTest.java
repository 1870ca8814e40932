package svasim.matrix;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.scenario.Home;

/** How outcomes become a table. */
class MatrixTableTest {
    private static final Outcome BROKEN = new Outcome(Outcome.Kind.BREAKS, "I-07 I-25");
    private static final Outcome OTHER =
            new Outcome(Outcome.Kind.DIFFERS, "expect.pasid.app: expected [cut], found []");

    private static List<String> markdown(Outcome first, Outcome second) {
        Map<String, Outcome> cell = new LinkedHashMap<>();
        cell.put("one", first);
        cell.put("two", second);
        Map<String, Map<String, Map<String, Outcome>>> rows = new LinkedHashMap<>();
        rows.put("bind", Map.of("pin", cell));
        return new MatrixTable(new Matrix(List.of("pin"), List.of("one", "two"), rows)).markdown();
    }

    @Test
    void shouldSayOnceWhatIsTheSameEverywhere() {
        assertEquals("| bind | good |", markdown(Outcome.GOOD, Outcome.GOOD).get(2));
    }

    @Test
    void shouldNameTheMachinesWhereOutcomesDiffer() {
        assertEquals("| bind | good (a); I-07 I-25 (b) |", markdown(Outcome.GOOD, BROKEN).get(2));
    }

    @Test
    void shouldSayInTheLegendWhyAMachineIsLeftOut() {
        List<String> lines = markdown(Outcome.notApplicable("no PASID"), BROKEN);

        assertEquals("| bind | I-07 I-25 |", lines.get(2));
        assertTrue(lines.contains("- a one; n/a: no PASID"), lines.toString());
        assertTrue(lines.contains("- b two"), lines.toString());
    }

    @Test
    void shouldSayThatNothingApplies() {
        Outcome not = Outcome.notApplicable("no PASID");

        assertEquals("| bind | n/a |", markdown(not, not).get(2));
    }

    @Test
    void shouldGiveAnExampleOfWhatIsOtherwise() {
        List<String> lines = markdown(OTHER, OTHER);

        assertEquals("| bind | other pasid |", lines.get(2));
        assertTrue(
                lines.contains("- pin, other pasid: for example " + OTHER.words()),
                lines.toString());
    }

    @Test
    void shouldCallFailedStepsOtherFailures() {
        Outcome failed = new Outcome(Outcome.Kind.DIFFERS, "app is not in expect.failures: ...");

        assertEquals("other failures", failed.cell());
    }

    @Test
    void shouldTellWhatAMachineRefusesFromWhatItBreaks() throws IOException {
        Matrix matrix =
                Matrix.run(
                        new Matrix.Axes(
                                List.of(Home.scenarios().resolve("lifecycle/bind-to-free.yaml")),
                                List.of("intel-pin", "linux-7.1"),
                                List.of("sapphire-rapids", "qemu-virtio")),
                        2);

        assertEquals(4, matrix.runs());
        assertEquals("good", cell(matrix, "linux-7.1", "sapphire-rapids"));
        assertEquals("other pasid", cell(matrix, "intel-pin", "sapphire-rapids"));
        assertEquals("n/a", cell(matrix, "intel-pin", "qemu-virtio"));
    }

    private static String cell(Matrix matrix, String policy, String profile) {
        return matrix.outcome("bind-to-free", policy, profile).cell();
    }
}
