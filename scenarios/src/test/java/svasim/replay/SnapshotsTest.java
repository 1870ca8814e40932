package svasim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where an S line stands, the tables are what the snapshot of that moment says. */
class SnapshotsTest {
    private static final String ZEROS = "0".repeat(2 * 0x6b8);
    private static final String REST = "0".repeat(2 * (4096 - 0x6c0));

    private static ReplayResult run(List<String> live, List<String> pages) {
        return TinyCapture.ready().with("S 4").run(Map.of("4", new Snapshot(live, pages)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "= 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff - 234567067 51",
                "= 3a2a 5123 7f3a5c6d7e80 - 234567e80 fff - 234567067 51",
                "+ 3a2a 5123 7f3a5c6d7e80 w 234567e80 fff 3 - -",
                "! 3a2a 5123 7f3a5c6d8000 r 71",
                "! 3a2a 5124 7f3a5c6d7000 - 59",
                "! 3a2a 5123 7f3a5c6d8000 r -"
            })
    void shouldHoldWhatTheTablesGive(String line) {
        ReplayResult result = run(List.of(line), List.of());

        assertTrue(result.good(), ReplayReport.text(result));
        assertEquals(Map.of("S", 1), result.checked());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "= 3a2a 5123 7f3a5c6d7e80 r 234568e80 fff - 234567067 51",
                "= 3a2a 5123 7f3a5c6d7e80 r 234567e80 1fffff - 234567067 51",
                "= 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff - 234568067 51",
                "= 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff - 234567067 50",
                "+ 3a2a 5123 7f3a5c6d8e80 r 234567e80 fff - - -",
                "! 3a2a 5123 7f3a5c6d8000 r 72",
                "! 3a2a 5123 7f3a5c6d7000 r 71"
            })
    void shouldNoticeWhatTheTablesDoNotGive(String line) {
        ReplayResult result = run(List.of(line), List.of());

        assertEquals(Map.of("S", 1), result.failed());
        assertTrue(result.failures().get(0).expected().endsWith(line));
    }

    @Test
    void shouldPassOverWhatTheTablesHadBefore() {
        assertTrue(run(List.of("~ 3a2a 5123 9000 r 1000 fff - - -"), List.of()).good());
    }

    @Test
    void shouldCompareThePagesOfTables() {
        String found = "1007000 " + ZEROS + "6770563402000000" + REST;

        assertTrue(run(List.of(), List.of(found, "5555000 0")).good());
    }

    /** The IOMMU sets bits 5 and 6 of the first stage; emulators do not. */
    @Test
    void shouldForgiveAccessedAndDirtyOnly() {
        String clean = "1007000 " + ZEROS + "0770563402000000" + REST;
        String readOnly = "1007000 " + ZEROS + "6570563402000000" + REST;

        assertTrue(run(List.of(), List.of(clean)).good());
        ReplayResult result = run(List.of(), List.of(readOnly, "1007000 0"));
        assertEquals(Map.of("S", 2), result.failed());
        assertEquals("234567067 at 10076b8", result.failures().get(0).found());
    }

    @ParameterizedTest
    @ValueSource(strings = {"?", "= 3a2a", "! 3a2a 5123 zz r 71", "~~ 1"})
    void shouldCallALineThatItCannotReadUnsupported(String line) {
        ReplayResult result = run(List.of(line), List.of());

        assertEquals(1, result.unsupported().size(), ReplayReport.text(result));
        assertEquals(Map.of(), result.failed());
    }

    @ParameterizedTest
    @ValueSource(strings = {"1007000", "1007000 12345", "x 0", "1007000 0 0"})
    void shouldCallAPageThatItCannotReadUnsupported(String page) {
        assertEquals(1, run(List.of(), List.of(page)).unsupported().size());
    }

    @Test
    void shouldReadTheFilesOfTheFolder(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("unit.json"), "{\"unit\": \"x\", \"iommu\": \"intel-vtd\"}");
        Files.writeString(folder.resolve("trace.txt"), "S 0\nS 1\n");
        pack(folder.resolve("snap1.live.gz"), "! 0008 - 1000 r -\n");
        pack(folder.resolve("snap1.pages.gz"), "5555000 0\n");

        ReplayResult result = Replay.run(Capture.read(folder));

        assertEquals(Map.of("S", 2), result.checked());
        assertEquals(Map.of("S", 1), result.failed());
        assertEquals("S 1: ! 0008 - 1000 r -", result.failures().get(0).expected());
    }

    private static void pack(Path file, String text) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(text.getBytes(StandardCharsets.US_ASCII));
        }
    }
}
