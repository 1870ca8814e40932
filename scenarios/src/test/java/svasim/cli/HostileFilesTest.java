package svasim.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds: one clean message, 65, and no stack trace. */
class HostileFilesTest {
    private static final String GOOD =
            """
            svasim: 1
            title: Ünïcode
            processes: {app: {threads: {main: [exit]}}}
            """;
    private static final int DEEP = 100_000;
    private static final int TEN_MEGABYTES = 10 << 20;

    @TempDir private Path temporary;
    private final Cli cli = new Cli();

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] noise(int seed) {
        byte[] bytes = new byte[5000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static byte[] truncated() {
        byte[] good = utf8(GOOD);
        int umlaut = GOOD.indexOf('Ü');
        return Arrays.copyOf(good, umlaut + 1);
    }

    private static String bomb() {
        StringBuilder text = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 60; i++) {
            text.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }
        return text.toString();
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments("empty", new byte[0]),
                arguments("noise", noise(1)),
                arguments("other noise", noise(2)),
                arguments("zeros", new byte[1000]),
                arguments("truncated UTF-8", truncated()),
                arguments("overlong UTF-8", new byte[] {'a', ':', ' ', (byte) 0xC0, (byte) 0xAF}),
                arguments("surrogate", new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80}),
                arguments("UTF-16", GOOD.getBytes(StandardCharsets.UTF_16)),
                arguments("alias bomb", utf8(bomb())),
                arguments("merge key", utf8("a: &a {b: 1}\nc: {<<: *a}\n")),
                arguments("tag", utf8("!!javax.script.ScriptEngineManager [x]\n")),
                arguments("deep lists", utf8("[".repeat(DEEP))),
                arguments("deep closed lists", utf8("[".repeat(DEEP) + "]".repeat(DEEP))),
                arguments("deep maps", utf8("{a: ".repeat(DEEP))),
                arguments("deep block lists", utf8("- ".repeat(DEEP))),
                arguments("deep explicit keys", utf8("? ".repeat(DEEP))),
                arguments("one long line", utf8("title: " + "x".repeat(TEN_MEGABYTES))),
                arguments("one long key", utf8("x".repeat(100_000) + ": 1\n" + GOOD)),
                arguments("two documents", utf8(GOOD + "---\n" + GOOD)),
                arguments("duplicate key", utf8(GOOD + "title: again\n")),
                arguments(
                        "huge whole number", utf8("svasim: " + "9".repeat(100_000) + "\ntitle: x")),
                arguments("huge exponent", utf8("svasim: 1e999999999\ntitle: x\n")),
                arguments("huge size", utf8(GOOD + "machine: {memory: {size: 99999999999999GiB}}")),
                arguments("huge time", utf8(GOOD + "measure: {until: " + "9".repeat(30) + "s}")),
                arguments("scalar", utf8("42")),
                arguments("list", utf8("- a\n- b\n")),
                arguments("binary key", utf8("? [a, b]\n: c\n")),
                arguments("tab", utf8("svasim:\n\t1\n")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void shouldEndWithOneCleanMessage(String what, byte[] bytes) throws IOException {
        Path file = Files.write(temporary.resolve("x.yaml"), bytes);

        assertEquals(ExitCode.BAD_INPUT, cli.run("check", file.toString()), cli.err());
        assertTrue(cli.err().startsWith(file + ":"), cli.err());
        assertFalse(cli.err().contains("\tat "), cli.err());
        assertFalse(cli.err().contains("Exception"), cli.err());
        assertTrue(cli.err().lines().allMatch(line -> line.length() < 1000), "a message too long");
        assertEquals("", cli.out());
    }

    /** The same as JSON, where the format has a counterpart. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"svasim\": 1, \"title\": \"x\"",
                "{\"svasim\": 1, \"svasim\": 1, \"title\": \"x\"}",
                "{\"svasim\": 1, \"title\": \"x\"} {}",
                "{\"svasim\": 01}",
                "{\"svasim\": NaN}",
                "{svasim: 1}",
                "// {}"
            })
    void shouldEndWithOneCleanMessageForJson(String text) throws IOException {
        Path file = Files.writeString(temporary.resolve("x.json"), text);

        assertEquals(ExitCode.BAD_INPUT, cli.run("check", file.toString()));
        assertTrue(cli.err().startsWith(file + ":1:"), cli.err());
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void shouldAcceptTheGoodFileThatTheBadOnesAreMadeOf() throws IOException {
        Path file = Files.writeString(temporary.resolve("x.yaml"), GOOD);

        assertEquals(ExitCode.GOOD, cli.run("check", file.toString()), cli.err());
    }

    @Test
    void shouldNotReadUnitsOfCapturesWithLessCare() throws IOException {
        Files.writeString(temporary.resolve("unit.json"), "[".repeat(DEEP));
        Files.writeString(temporary.resolve("trace.txt"), "");

        assertEquals(ExitCode.BAD_INPUT, cli.run("replay", temporary.toString()));
        assertEquals(1, cli.err().lines().count(), cli.err());
    }

    @Test
    void shouldCountNoiseInATraceAsUnsupported() throws IOException {
        Files.writeString(
                temporary.resolve("unit.json"), "{\"unit\": \"x\", \"iommu\": \"intel-vtd\"}");
        Files.write(temporary.resolve("trace.txt"), noise(3));

        assertEquals(ExitCode.DIFFERENT, cli.run("replay", temporary.toString()));
        assertTrue(cli.out().contains("unsupported: line"), cli.out());
        assertFalse(cli.out().contains("Exception"), cli.out());
    }
}
