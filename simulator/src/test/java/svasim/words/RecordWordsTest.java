package svasim.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The compiler keeps what the Javadoc of records says. */
class RecordWordsTest {
    @TempDir private Path folder;

    private void compile(String source) throws IOException {
        Path file = Files.writeString(folder.resolve("Bed.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavaCompiler.CompilationTask task =
                    compiler.getTask(
                            null,
                            files,
                            null,
                            List.of("-d", folder.toString()),
                            null,
                            files.getJavaFileObjects(file));
            task.setProcessors(List.of(new RecordWords()));
            assertTrue(task.call());
        }
    }

    private List<String> words(String name) throws IOException {
        return Files.readAllLines(folder.resolve("garden/" + name + RecordWords.EXTENSION));
    }

    @Test
    void shouldKeepTheSentencesOfARecordInTheOrderOfItsComment() throws IOException {
        compile(
                """
                package garden;
                /**
                 * A bed. It has earth.
                 *
                 * @param <T> what grows
                 * @param width across,
                 *     in metres
                 * @param plants one of them; if absent, none
                 */
                record Bed<T>(int width, T plants) {}
                """);

        assertEquals(
                List.of(
                        "A bed. It has earth.",
                        "width Across, in metres.",
                        "plants One of them; if absent, none."),
                words("Bed"));
    }

    @Test
    void shouldKeepWhereTheDefaultsAreFrom() throws IOException {
        compile(
                """
                package garden;
                /**
                 * A bed.
                 *
                 * @param width across
                 * @param length along
                 * @param depth down
                 * @source width, length: {@code almanac}, page
                 *     3
                 * @source depth: assumed
                 */
                record Bed(int width, int length, int depth) {}
                """);

        assertEquals(
                List.of("@width almanac, page 3", "@length almanac, page 3", "@depth assumed"),
                words("Bed").subList(4, 7));
    }

    @Test
    void shouldLeaveNoMarkup() throws IOException {
        compile(
                """
                package garden;
                /**
                 * Of {@code earth} {@literal @} &lt;home&gt;.<p>And {@linkplain String more}.
                 *
                 * @param width as {@link Kind#EARLY_SPRING}, or a {@link java.util.List}.
                 */
                record Bed(int width) {
                    enum Kind { EARLY_SPRING }
                }
                """);

        assertEquals(
                List.of("Of earth @ <home>. And more.", "width As early-spring, or a List."),
                words("Bed"));
    }

    @Test
    void shouldFindRecordsWithinOthersAndPassOverWhatHasNoComment() throws IOException {
        compile(
                """
                package garden;
                /** No record. */
                interface Bed {
                    /** Digs. */
                    record Dig(int depth) {}

                    record Rest() {}
                }
                """);

        assertEquals(List.of("Digs."), words("Bed$Dig"));
        assertFalse(Files.exists(folder.resolve("garden/Bed.words")));
        assertFalse(Files.exists(folder.resolve("garden/Bed$Rest.words")));
    }
}
