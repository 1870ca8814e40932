package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The files of the catalogue of races have one form; that they are good another test shows. */
class RacesTest {
    private static final Pattern NAME = Pattern.compile("s\\d\\d-[a-z0-9-]+\\.yaml");

    static List<Path> races() throws IOException {
        try (Stream<Path> files = Files.list(Home.scenarios().resolve("races"))) {
            return files.filter(f -> NAME.matcher(f.getFileName().toString()).matches())
                    .sorted()
                    .toList();
        }
    }

    private static Scenario variant(Path file, String name) throws IOException {
        return ScenarioFile.read(file).bind(name, Map.of()).scenario();
    }

    @ParameterizedTest
    @MethodSource("races")
    void shouldBreakSomethingWithTheDefectAndNothingWithout(Path file) throws IOException {
        Expect defect = variant(file, "defect").expect();
        Scenario fixed = variant(file, "fixed");

        boolean unseen = defect.violations().isEmpty() && defect.refused().isEmpty();
        assertFalse(unseen && defect.failures().isEmpty());
        if (fixed.guests().isEmpty()) {
            assertEquals(List.of(), fixed.expect().violations());
            assertEquals(List.of(), fixed.defects());
        } else {
            assertGuestHurtsItselfOnly(variant(file, "defect"), fixed);
        }
    }

    /** A guest may have bugs of its own; the host's is what the variants differ in. */
    private static void assertGuestHurtsItselfOnly(Scenario defect, Scenario fixed) {
        Set<String> ofGuest = new HashSet<>(fixed.expect().violations());
        Set<String> more = new HashSet<>(defect.expect().violations());

        assertTrue(more.containsAll(ofGuest));
        assertTrue(more.removeAll(ofGuest) || ofGuest.isEmpty());
        assertFalse(more.isEmpty());
        assertFalse(ofGuest.contains("I-43") || ofGuest.contains("I-73"));
        assertTrue(defect.defects().containsAll(fixed.defects()));
        assertTrue(defect.defects().size() > fixed.defects().size());
    }

    @ParameterizedTest
    @MethodSource("races")
    void shouldNameItsNumberInTheTitle(Path file) throws IOException {
        String number = file.getFileName().toString().substring(0, 3).toUpperCase(Locale.ROOT);

        assertTrue(variant(file, "fixed").title().startsWith(number + ": "));
    }

    @Test
    void shouldListEachRaceInTheTable() throws IOException {
        String table = Files.readString(Home.scenarios().resolve("races/README.md"));

        for (Path file : races()) {
            assertTrue(table.contains("(" + file.getFileName() + ")"), file.toString());
        }
    }
}
