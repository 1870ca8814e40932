package svasim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** I lines name every command that the unit executes, in its order. */
class CommandOrderTest {
    private static final String FLUSH = "5100e2";
    private static final String CONTEXT = "3a2a00510031";
    private static final String INVALIDATE = "3a2051233a2aa008";
    private static final String PAGE = "7f3a5c6d7000";

    private static TinyCapture two(TinyCapture capture) {
        return capture.descriptor(CONTEXT, "0").descriptor(FLUSH, "0");
    }

    private static void assertGood(TinyCapture capture) {
        ReplayResult result = capture.run();
        assertTrue(result.good(), ReplayReport.text(result));
    }

    private static List<String> found(TinyCapture capture) {
        ReplayResult result = capture.run();
        assertEquals(Map.of("I", result.failures().size()), result.failed());
        return result.failures().stream().map(f -> f.line() + ": " + f.found()).toList();
    }

    @Test
    void shouldAcceptCommandsInTheirOrder() {
        assertGood(
                two(TinyCapture.ready()).ring().with("I " + CONTEXT + " 0", "I " + FLUSH + " 0"));
    }

    @Test
    void shouldRefuseAnotherOrder() {
        TinyCapture rung = two(TinyCapture.ready()).ring();
        int last = rung.lastLine();

        assertEquals(
                List.of(last + 1 + ": " + CONTEXT + " 0", last + 2 + ": " + FLUSH + " 0"),
                found(rung.with("I " + FLUSH + " 0", "I " + CONTEXT + " 0")));
    }

    @Test
    void shouldRefuseACommandThatIsNeverNamed() {
        TinyCapture rung = two(TinyCapture.ready()).ring().with("I " + CONTEXT + " 0");

        ReplayResult result = rung.run();

        assertEquals(Map.of("I", 1), result.failed());
        assertEquals(
                List.of(
                        new ReplayResult.Failure(
                                rung.lastLine(), "no further command", FLUSH + " 0")),
                result.failures());
    }

    @Test
    void shouldRefuseANameWithoutACommand() {
        TinyCapture rung = TinyCapture.ready().descriptor(FLUSH, "0").ring();
        int last = rung.lastLine();

        assertEquals(
                List.of(last + 2 + ": no command"),
                found(rung.with("I " + FLUSH + " 0", "I " + FLUSH + " 0")));
    }

    @Test
    void shouldLetANameComeLater() {
        assertGood(
                TinyCapture.ready()
                        .descriptor(FLUSH, "0")
                        .ring()
                        .with("R 80 8 20", "M 9000 1", "I " + FLUSH + " 0"));
    }

    /** Emulators that fetch within the write of the tail name commands just before it. */
    @Test
    void shouldLetNamesStandJustBeforeTheWriteThatFetches() {
        TinyCapture both = two(TinyCapture.ready());

        assertGood(both.with("I " + CONTEXT + " 0", "I " + FLUSH + " 0", both.tail()));
    }

    @Test
    void shouldRefuseANameThatComesEarlier() {
        TinyCapture one = TinyCapture.ready().descriptor(FLUSH, "0");
        int last = one.lastLine();

        List<String> found = found(one.with("I " + FLUSH + " 0", "M 9000 1", one.tail()));

        assertEquals(List.of(last + 1 + ": no command", last + 3 + ": " + FLUSH + " 0"), found);
    }

    @Test
    void shouldForgiveAMissingNameOfACommandWhoseDeviceNeverAnswers() {
        assertGood(
                TinyCapture.withSilentDevices()
                        .descriptor(INVALIDATE, PAGE)
                        .ring()
                        .with("V 3a2a 5123 " + PAGE + " 0 0 0", "Z 100000000", "R 34 4 40 40"));
    }

    @Test
    void shouldNotForgiveItOnceTheDeviceHasAnswered() {
        TinyCapture answered =
                TinyCapture.withSilentDevices()
                        .descriptor(INVALIDATE, PAGE)
                        .ring()
                        .with("V 3a2a 5123 " + PAGE + " 0 0 0", "K 3a2a 1 1");

        assertEquals(
                List.of(answered.lastLine() + ": " + INVALIDATE + " " + PAGE), found(answered));
    }

    @Test
    void shouldCountTheAnswersThatAKLineStandsFor() {
        TinyCapture other =
                TinyCapture.withSilentDevices()
                        .descriptor(INVALIDATE, PAGE)
                        .ring()
                        .with("V 3a2a 5123 " + PAGE + " 0 0 0", "K 3a2a 2 1");

        assertGood(other.with("Z 100000000", "R 34 4 40 40"));
    }
}
