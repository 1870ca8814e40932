package svasim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each kind of line holds where it is true, and fails where a single field of it is not. */
class LineKindsTest {
    private static final String INVALIDATE = "3a2051233a2aa008";
    private static final String PAGE = "7f3a5c6d7000";
    private static final String ANSWER = "51233a2a0019";
    private static final String DEVICE_ASKS = "P 3a2a 5123 7f3a5c6d7000 a5 rwl";

    /** A capture, a line that is true at its end, and lines that are not. */
    static Stream<Arguments> expectations() {
        return Stream.of(
                arguments(
                        TinyCapture.ready(),
                        "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff 3 234567067 51 m",
                        List.of(
                                "T 3a2a 5123 7f3a5c6d7e80 r 234568e80 fff 3 234567067 51 m",
                                "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 1fffff 3 234567067 51 m",
                                "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff 1 234567067 51 m",
                                "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff 3 234567065 51 m",
                                "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff 3 234567067 52 m",
                                "T 3a2a 5123 7f3a5c6d8e80 r - - - - - -",
                                "T 3a2b 5123 7f3a5c6d7e80 r - - - - - -",
                                "T 3a2a - 7f3a5c6d7e80 r - - - - - -",
                                "T 3a2a 5123 7f3a5c6d7e80 rp - - - - - -")),
                arguments(
                        TinyCapture.ready(),
                        "T 3a2a 5123 7f3a5c6d7e80 - 234567e80 - - - - -",
                        List.of("T 3a2a 5123 7f3a5c6d7e80 - 234567000 - - - - -")),
                arguments(
                        TinyCapture.ready(),
                        "F 3a2a 5123 7f3a5c6d8000 w 71",
                        List.of(
                                "F 3a2a 5123 7f3a5c6d8000 w 72",
                                "F 3a2a 5124 7f3a5c6d7000 r 71",
                                "F 3a2a 5123 7f3a5c6d7000 w -")),
                arguments(
                        TinyCapture.ready(),
                        "F 3a2b 5123 7f3a5c6d7000 r -",
                        List.of("F 3a2b 5123 7f3a5c6d7000 r 42")),
                arguments(
                        TinyCapture.ready(),
                        "C 3a2a 5123 7f3a5c6d7000 - 0 234567003",
                        List.of(
                                "C 3a2a 5123 7f3a5c6d7000 - 1 234567003",
                                "C 3a2a 5123 7f3a5c6d7000 - 0 234567001",
                                "C 3a2a 5123 7f3a5c6d7000 - 0 234568003",
                                "C 3a2a 5123 7f3a5c6d7000 - 0 234567003 1",
                                "C 3a2a 5123 7f3a5c6d8000 - 0 234567003",
                                "C 3a2a 5123 7f3a5c6d7000 p 0 234567003")),
                arguments(
                        TinyCapture.ready(),
                        "C 3a2a 5123 7f3a5c6d8000 - 0 0",
                        List.of("C 3a2a 5123 7f3a5c6d8000 - 0 1", "C 3a2a 5123 7f3a5c6d8000 - 4")),
                arguments(
                        TinyCapture.ready(),
                        "D 3a2a - 234567e80 r ok",
                        List.of(
                                "D 3a2a - 234567e80 r ur",
                                "D 3a2a - 234567e80 r ca",
                                "D 3a2a - 234567e80 r 44",
                                "D 3a2b - 234567e80 r ok")),
                arguments(
                        TinyCapture.ready(),
                        "D 3a2b - 234567e80 r ur",
                        List.of("D 3a2b - 234567e80 r ca", "D 3a2b - 234567e80 r 44")),
                arguments(
                        TinyCapture.ready().descriptor("5100e2", "0").ring(),
                        "I 5100e2 0",
                        List.of("I 5100e3 0", "I 5100e2 1")),
                arguments(
                        invalidation().with("I " + INVALIDATE + " " + PAGE),
                        "V 3a2a 5123 7f3a5c6d7000 0 0 0",
                        List.of(
                                "V 3a2b 5123 7f3a5c6d7000 0 0 0",
                                "V 3a2a 5124 7f3a5c6d7000 0 0 0",
                                "V 3a2a - 7f3a5c6d7000 0 0 0",
                                "V 3a2a 5123 7f3a5c6d8000 0 0 0",
                                "V 3a2a 5123 7f3a5c6d7000 1 0 0",
                                "V 3a2a 5123 7f3a5c6d7000 0 1 0",
                                "V 3a2a 5123 7f3a5c6d7000 0 0 1",
                                "N V")),
                arguments(
                        invalidation().with("I " + INVALIDATE + " " + PAGE),
                        "V 3a2a 5123 7f3a5c6d7000 0 0 -",
                        List.of("V 3a2a 5123 0 0 0 -")),
                arguments(
                        answer().with("I " + ANSWER + " 528"),
                        "G 3a2a 5123 a5 0",
                        List.of(
                                "G 3a2b 5123 a5 0",
                                "G 3a2a 5124 a5 0",
                                "G 3a2a - a5 0",
                                "G 3a2a 5123 a4 0",
                                "G 3a2a 5123 a5 1",
                                "N G")),
                arguments(
                        TinyCapture.ready(),
                        "N V",
                        List.of("V 3a2a 5123 7f3a5c6d7000 0 0 0", "G 3a2a 5123 a5 0")),
                arguments(TinyCapture.ready(), "N G", List.of("I 5100e2 0")),
                arguments(
                        TinyCapture.ready().with(DEVICE_ASKS),
                        "R c8 8 20",
                        List.of("R c8 8 40", "R c8 8 0", "R c8 8 40 60")),
                arguments(
                        TinyCapture.ready().with(DEVICE_ASKS),
                        "R c8 8 60 20",
                        List.of("R c8 8 60 40")),
                arguments(
                        TinyCapture.ready().with(DEVICE_ASKS),
                        "X 4000008 7f3a5c6d752f",
                        List.of("X 4000008 7f3a5c6d752d", "X 4000008 0 ffff", "X 4000000 0")),
                arguments(
                        TinyCapture.ready().with(DEVICE_ASKS),
                        "X 4000000 101 ffff",
                        List.of("X 4000000 102 ffff")));
    }

    private static TinyCapture invalidation() {
        return TinyCapture.ready().descriptor(INVALIDATE, PAGE).ring();
    }

    private static TinyCapture answer() {
        return TinyCapture.ready().with(DEVICE_ASKS).descriptor(ANSWER, "528").ring();
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("expectations")
    void shouldHoldWhereItIsTrue(TinyCapture capture, String line, List<String> wrong) {
        ReplayResult result = capture.with(line).run();

        assertTrue(result.good(), ReplayReport.text(result));
        assertTrue(result.checked().get(line.substring(0, 1)) > 0);
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("expectations")
    void shouldFailWhereOneFieldIsWrong(TinyCapture capture, String line, List<String> wrong) {
        for (String other : wrong) {
            ReplayResult result = capture.with(other).run();

            assertEquals(Map.of(other.substring(0, 1), 1), result.failed(), other);
            assertEquals(capture.lastLine() + 1, result.failures().get(0).line(), other);
            assertEquals(other, result.failures().get(0).expected());
            assertEquals(Map.of(), result.unsupported());
        }
    }

    /** A stimulus that had no effect would leave these as they were. */
    @ParameterizedTest
    @ValueSource(strings = {"M 10076b8 0", "W 18 4 4000000", "M 10003a0 0"})
    void shouldLetAStimulusChangeWhatIsSeen(String stimulus) {
        String granted = "T 3a2a 5123 7f3a5c6d7e80 r 234567e80 fff - 234567067 51 -";

        assertTrue(TinyCapture.ready().with(granted).run().good());
        assertEquals(Map.of("T", 1), TinyCapture.ready().with(stimulus, granted).run().failed());
    }
}
