package svasim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Cases of a VT-d unit in legacy mode in the format of captures, worked out by hand from the
 * reference (vtd.md, 1 to 3): function 01:00.0, domain 33h, one page at 20000h.
 */
class VtdLegacyCasesTest {
    private static final Map<String, Long> FEATURES =
            Map.ofEntries(
                    Map.entry("VER.MAX", 1L),
                    Map.entry("VER.MIN", 0L),
                    Map.entry("CAP.ND", 6L),
                    Map.entry("CAP.SAGAW", 6L),
                    Map.entry("CAP.MGAW", 47L),
                    Map.entry("CAP.FRO", 18L),
                    Map.entry("CAP.SSLPS", 3L),
                    Map.entry("CAP.PSI", 1L),
                    Map.entry("CAP.NFR", 0L),
                    Map.entry("CAP.MAMV", 18L),
                    Map.entry("ECAP.IRO", 16L),
                    Map.entry("ECAP.SMTS", 0L),
                    Map.entry("ECAP.ADMS", 0L));

    private static final String ON =
            """
            M 1000010 1001001
            M 1001000 2000001
            M 1001008 3302
            M 2000000 2001003
            M 2001000 2002003
            M 2002000 2003003
            M 2003100 300003
            W 20 8 1000000
            W 18 4 40000000
            W 18 4 80000000
            """;

    private static final String QUEUE = "W 90 8 1800000\nW 18 4 84000000\n";

    static Stream<Arguments> cases() {
        return Stream.of(
                of("IOTLB register: granularity used", ON + iotlbRegister()),
                of(
                        "IOTLB register without PSI: the domain instead",
                        Map.of("CAP.PSI", 0L),
                        ON + "W 100 8 20000\nW 108 8 b000003300000000\nR 108 8 3400003300000000\n"),
                of(
                        "registers refuse while the queue is on",
                        ON
                                + QUEUE
                                + "W 108 8 9000000000000000\nR 108 8 1000000000000000\n"
                                + "W 28 8 a000000000000000\nR 28 8 2000000000000000\n"),
                of(
                        "no register invalidation with major version 6",
                        Map.of("VER.MAX", 6L),
                        ON + "W 28 8 a000000000000000\nR 28 8 0\nR 108 8 0\n"),
                of("context command: granularity used", ON + contextCommand()),
                of("page-selective IOTLB register removes the page", ON + pageByRegister()),
                of("pass-through", passThrough()),
                of("fault registers overflow and are cleared", ON + overflow()),
                of("masked fault event is sent when it is unmasked", ON + maskedEvent()),
                of("queue off: head at 0, tail kept", ON + QUEUE + queueOff()),
                of(
                        "tail outside the queue",
                        ON + QUEUE + "W 88 8 1000\nR 34 4 10\nR b0 8 1 f\nR 80 8 0\n"),
                of(
                        "wide descriptors without scalable mode",
                        ON + "W 90 8 1800800\nW 18 4 84000000\nR 34 4 10\nR b0 8 5 f\n"),
                of("reserved field of a descriptor", ON + QUEUE + reservedField()),
                of(
                        "PASID and page request in legacy mode",
                        ON
                                + "F 0100 1 20000 r 31\nR 128 8 c000013180000100\n"
                                + "W 128 8 8000000000000000\nP 0100 - 20000 5 rl\nG 0100 - 5 1\n"
                                + "R 128 8 8000003200000100 ffffffffefffffff\n"),
                of(
                        "ATS blocked by the translation type",
                        ON + "C 0100 - 20000 - 1\nD 0100 - 300000 r d\n"));
    }

    private static Arguments of(String name, String trace) {
        return of(name, Map.of(), trace);
    }

    private static Arguments of(String name, Map<String, Long> features, String trace) {
        return Arguments.of(name, features, trace);
    }

    private static String iotlbRegister() {
        return """
                W 108 8 9000000000000000
                R 108 8 1200000000000000
                W 108 8 a000003300000000
                R 108 8 2400003300000000
                W 100 8 20012
                W 108 8 b000003300000000
                R 108 8 3600003300000000
                W 100 8 20013
                W 108 8 b000003300000000
                R 108 8 3000003300000000
                W 108 8 8000000000000000
                R 108 8 0
                R 100 8 0
                """;
    }

    private static String contextCommand() {
        return """
                W 28 8 8000000000000000
                R 28 8 0
                W 28 8 a000000000000000
                R 28 8 2800000000000000
                W 28 8 c000000000000033
                R 28 8 5000000000000033
                W 28 8 e000000001000033
                R 28 8 7800000001000033
                """;
    }

    private static String pageByRegister() {
        return """
                T 0100 - 20000 w 300000 fff - 300003 33 -
                M 2003100 400003
                W 100 8 20000
                W 108 8 b000003300000000
                T 0100 - 20000 w 400000 fff - 400003 33 -
                """;
    }

    private static String passThrough() {
        return """
                M 1000010 1001001
                M 1001000 9
                M 1001008 3302
                M 1001080 9
                M 1001088 3301
                W 20 8 1000000
                W 18 4 40000000
                W 18 4 80000000
                T 0100 - 123456 w 123456 - - - - -
                F 0100 - 10000000000000 r 4
                F 0108 - 1000 r 3
                """;
    }

    private static String overflow() {
        return """
                F 0200 - 1000 r 1
                R 34 4 2
                F 0200 - 2000 w 1
                R 34 4 3
                R 120 8 1000
                R 128 8 c000000100000200
                W 128 8 8000000000000000
                R 34 4 1
                F 0200 - 3000 r 1
                R 128 8 0 8000000000000000
                W 34 4 1
                R 34 4 0
                F 0200 - 4000 w 1
                R 120 8 4000
                R 128 8 8000000100000200
                """;
    }

    private static String maskedEvent() {
        return """
                R 38 4 80000000
                F 0200 - 1000 r 1
                R 38 4 c0000000
                W 38 4 0
                R 38 4 0
                W 38 4 80000000
                W 128 8 8000000000000000
                F 0200 - 1000 r 1
                R 38 4 c0000000
                W 128 8 8000000000000000
                R 38 4 80000000
                """;
    }

    private static String queueOff() {
        return """
                M 1800000 11
                M 1800010 12
                W 88 8 20
                I 11 0
                I 12 0
                R 80 8 20
                W 18 4 80000000
                R 1c 4 c0000000
                R 80 8 0
                """;
    }

    private static String reservedField() {
        return """
                M 1800000 1001
                W 88 8 10
                R 34 4 10
                R b0 8 4 f
                R 80 8 0
                M 1800000 11
                W 34 4 10
                I 11 0
                R 80 8 10
                R 34 4 0
                """;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void shouldDoWhatTheReferenceSays(String name, Map<String, Long> more, String trace) {
        Map<String, Long> features = new HashMap<>(FEATURES);
        features.putAll(more);
        CaptureUnit unit =
                new CaptureUnit(name, "intel-vtd", features, Map.of(), 0, 0, null, Map.of());

        ReplayResult result = Replay.run(new Capture(unit, trace.lines().toList(), Map.of()));

        assertEquals(List.of(), result.failures(), name);
        assertEquals(Map.of(), result.unsupported(), name);
    }
}
