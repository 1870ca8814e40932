package svasim.binding;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the bytes are: a tree, or one clean message. */
class HardeningTest {
    private static String messageOf(byte[] bytes) {
        InvalidInput invalid =
                assertThrows(InvalidInput.class, () -> TreeReader.read("x.yaml", bytes));
        assertEquals(1, invalid.mistakes().size());
        return invalid.getMessage();
    }

    private static String messageOf(String text) {
        return messageOf(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void shouldRefuseAnEmptyFile() {
        assertEquals("x.yaml: empty file; expected a map of keys", messageOf(""));
        assertEquals("x.yaml: empty file; expected a map of keys", messageOf("# only a remark\n"));
    }

    @Test
    void shouldRefuseDeepNesting() {
        assertTrue(messageOf("[".repeat(100_000)).contains("nested deeper"));
        assertTrue(messageOf("{a: ".repeat(100_000)).contains("nested deeper"));
        assertTrue(messageOf("- ".repeat(100_000)).contains("nested deeper"));
    }

    @Test
    void shouldRefuseAliasesBeforeTheyMultiply() {
        String bomb =
                """
                a: &a [x, x, x, x, x, x, x, x, x]
                b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
                c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b]
                """;
        assertEquals(
                "x.yaml:1:4: an anchor, alias or tag; write the value itself", messageOf(bomb));
        assertTrue(messageOf("a: !!java.net.URL [x]").contains("tag"));
    }

    @Test
    void shouldAcceptAByteOrderMark() {
        Node root = TreeReader.read("x.yaml", "\uFEFFa: 1".getBytes(StandardCharsets.UTF_8));

        assertTrue(root instanceof Node.Mapping);
    }

    @Test
    void shouldRefuseOtherEncodings() {
        assertTrue(messageOf("a: 1".getBytes(StandardCharsets.UTF_16)).contains("UTF-8"));
        assertTrue(messageOf(new byte[] {'a', ':', ' ', (byte) 0xE9}).contains("UTF-8"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a:\n\tb: 1",
                "a: [1, 2",
                "a: \"x",
                "a: b: c",
                "a: 1\n---\nb: 2",
                "%X",
                "\u0000",
                "a: @x"
            })
    void shouldSayWhatIsNoYaml(String text) {
        String message = messageOf(text);

        assertTrue(message.startsWith("x.yaml:"), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void shouldRefuseAFileOfManyMegabytes() {
        assertTrue(messageOf(" ".repeat(Text.MAX_BYTES + 1)).contains("at most"));
    }

    @Test
    void shouldReportKeysGivenTwice() {
        assertEquals(
                "x.yaml:2:1: key \"a\" given twice; first at line 1", messageOf("a: 1\na: 2\n"));
    }

    @Test
    void shouldSurviveNoise() {
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] noise = new byte[random.nextInt(4096)];
            random.nextBytes(noise);
            try {
                TreeReader.read("x.yaml", noise);
            } catch (InvalidInput expected) {
                assertTrue(expected.mistakes().size() > 0);
            }
        }
    }

    @Property(tries = 2000)
    void shouldSurviveAnyText(@ForAll @Size(max = 40) String text) {
        try {
            TreeReader.parse("x.yaml", text);
        } catch (InvalidInput expected) {
            assertTrue(expected.mistakes().size() > 0);
        }
    }
}
