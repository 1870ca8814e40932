package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

class BinderTest {
    @Test
    void shouldBindEveryKindOfValue() {
        Garden garden =
                Garden.of(
                        """
                        title: Roses
                        rows: 0x10
                        slope: 1.5
                        fenced: true
                        season: early-spring
                        delay: 25ns
                        area: 8KiB
                        beds: {north: {width: 4}, south: }
                        work: [rest, {dig: north}, {dig: {bed: south, depth: 3}}]
                        """);

        assertEquals("Roses", garden.title());
        assertEquals(16, garden.rows());
        assertEquals(1.5, garden.slope());
        assertEquals(Garden.Season.EARLY_SPRING, garden.season());
        assertEquals(Picoseconds.ofNanos(25), garden.delay());
        assertEquals(ByteSize.ofKiB(8), garden.area());
        assertEquals(
                Map.of("north", new Garden.Bed(4, 1), "south", new Garden.Bed(1, 1)),
                garden.beds());
        assertEquals(
                List.of(new Garden.Rest(), new Garden.Dig("north", 1), new Garden.Dig("south", 3)),
                garden.work());
        assertNull(garden.notes());
    }

    @Test
    void shouldSuggestTheNearestKey() {
        assertEquals(
                List.of(
                        "garden.yaml:2:11: /beds/north: unknown key \"widht\"; known: width, length."
                                + " Did you mean \"width\"?"),
                Garden.mistakes("beds:\n  north: {widht: 4}\n"));
    }

    @Test
    void shouldRefuseABareNumberWhereAUnitIsNeeded() {
        assertEquals(
                List.of("garden.yaml:1:8: /delay: found \"25\"; expected " + Picoseconds.EXPECTED),
                Garden.mistakes("delay: 25"));
    }

    @Test
    void shouldPutARefusalOfTheRecordAtItsKey() {
        assertEquals(
                List.of(
                        "garden.yaml:1:26: /beds/north/width: found \"3\"; expected a power of two",
                        "garden.yaml:1:37: /beds/north/length: found \"0\"; expected a positive"
                                + " number"),
                Garden.mistakes("beds: {  north: { width: 3, length: 0}}"));
    }

    @Test
    void shouldNameAMissingKey() {
        assertEquals(
                List.of(
                        "garden.yaml:1:8: /work/0/dig: \"bed\" is missing; expected the name of a"
                                + " bed"),
                Garden.mistakes("work: [dig]"));
    }

    @Test
    void shouldReportEveryMistakeInTheOrderOfTheFile() {
        List<String> mistakes =
                Garden.mistakes(
                        """
                        titel: Roses
                        rows: many
                        season: sumer
                        area: 7 apples
                        fenced: 1
                        work: [digg, {dig: north, rest: }]
                        beds: [a]
                        """);

        assertEquals(8, mistakes.size());
        assertTrue(mistakes.get(0).endsWith("Did you mean \"title\"?"), mistakes.get(0));
        assertTrue(mistakes.get(1).endsWith("found \"many\"; expected a whole number"));
        assertTrue(mistakes.get(2).endsWith("Did you mean \"summer\"?"), mistakes.get(2));
        assertTrue(mistakes.get(3).contains("a size with its unit"), mistakes.get(3));
        assertTrue(mistakes.get(4).endsWith("expected true or false"), mistakes.get(4));
        assertTrue(mistakes.get(5).endsWith("Did you mean \"dig\"?"), mistakes.get(5));
        assertTrue(mistakes.get(6).contains("one word or a map of one key"), mistakes.get(6));
        assertTrue(mistakes.get(7).endsWith("expected a map of names"), mistakes.get(7));
    }

    @Test
    void shouldRefuseNumbersThatDoNotFit() {
        assertEquals(1, Garden.mistakes("rows: 4294967296").size());
        assertEquals(1, Garden.mistakes("rows: " + "9".repeat(5000)).size());
        assertEquals(1, Garden.mistakes("slope: 1e999999999").size());
        assertEquals(1, Garden.mistakes("delay: 99999999999999999999s").size());
        assertEquals(1, Garden.mistakes("rows: \"5\"").size());
    }

    @Test
    void shouldKeepATreeAsItIs() {
        Node notes = Garden.of("notes: {a: [1, x]}").notes();

        assertEquals("{\"a\":[1,\"x\"]}", JsonText.compact(Plain.of(notes)));
    }

    @Test
    void shouldReadJson() {
        Node root = TreeReader.parse("garden.json", "{\n\t\"rows\": 5\n}");

        assertEquals(new Place("garden.json", 2, 10), ((Node.Mapping) root).get("rows").place());
    }
}
