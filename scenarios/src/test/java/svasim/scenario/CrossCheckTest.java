package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.binding.InvalidInput;

/** Every name that one part of a file uses for another one is looked up. */
class CrossCheckTest {
    private static final String HEAD =
            """
svasim: 1
title: Names
machine: {devices: {dsa0: {model: dsa}, card: {model: dma-bench, config: {addressing: sva}}}}
processes:
  app:
    buffers: {src: {size: 4KiB}, dst: {size: 4KiB}}
    threads:
      main:
""";
    private static final String TAIL = "  other: {threads: {main: [exit]}}\n";
    private static final int STEP_LINE = 9;

    private static List<String> mistakes(String text) {
        ScenarioFile file = ScenarioFile.of("s.yaml", text.getBytes(StandardCharsets.UTF_8));
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> file.bindAll(Map.of()));
        return invalid.mistakes().stream().map(Object::toString).toList();
    }

    private static void assertGood(String text) {
        ScenarioFile.of("s.yaml", text.getBytes(StandardCharsets.UTF_8)).bindAll(Map.of());
    }

    private static String steps(String... steps) {
        StringBuilder text = new StringBuilder(HEAD);
        for (String step : steps) {
            text.append("        - ").append(step).append('\n');
        }
        return text.append(TAIL).toString();
    }

    /** A step, the column of the wrong name in it, what it is, and what may have been meant. */
    static Stream<Arguments> wrongSteps() {
        return Stream.of(
                arguments("open: dsa1", 17, "open", "device \"dsa1\"", "dsa0"),
                arguments("open: {device: dsa1}", 26, "open", "device \"dsa1\"", "dsa0"),
                arguments("close: crad", 18, "close", "device \"crad\"", "card"),
                arguments("touch: scr", 18, "touch", "buffer \"scr\"", "src"),
                arguments(
                        "mprotect: {buffer: sr, access: none}",
                        30,
                        "mprotect",
                        "buffer \"sr\"",
                        "src"),
                arguments("mmap: dsa00", 17, "mmap", "buffer or device \"dsa00\"", "dsa0"),
                arguments("munmap: dest", 19, "munmap", "buffer or device \"dest\"", "dst"),
                arguments("kill: ap", 17, "kill", "process \"ap\"", "app"),
                arguments("wait: jop", 17, "wait", "job \"jop\"", "job"),
                arguments("wait: {process: othr}", 27, "wait", "process \"othr\"", "other"),
                arguments(
                        "submit: {to: dsa2, op: noop}", 24, "submit/to", "device \"dsa2\"", "dsa0"),
                arguments(
                        "submit: {to: dsa0, op: memmove, from: srx, into: dst}",
                        49,
                        "submit/from",
                        "buffer \"srx\"",
                        "src"),
                arguments(
                        "submit: {to: dsa0, op: memmove, from: src, into: dxt}",
                        60,
                        "submit/into",
                        "buffer \"dxt\"",
                        "dst"),
                arguments(
                        "submit: {to: card, buffer: scr}",
                        38,
                        "submit/buffer",
                        "buffer \"scr\"",
                        "src"));
    }

    @Test
    void shouldKnowStepsAndObservationsThatAnOrderNames() {
        assertGood(
                HEAD
                        + "        - exit\n"
                        + "order: [\"exit_mmap/begin < idxd_cdev_open/drain WQ @ other\",\n"
                        + "  \"atc-filled @ card < iommu_sva_bind_device/set_dev_pasid\"]\n");
    }

    @Test
    void shouldNameTheNearestStepOfAnOrder() {
        List<String> found =
                mistakes(
                        "svasim: 1\ntitle: Order\n"
                                + "order: [\"exit_mmap/begn < mmput/mmdrop\", \"exit\",\n"
                                + "  \"atc-filed < mmput/mmdrop\"]\n");

        assertEquals(3, found.size());
        assertTrue(found.get(0).startsWith("s.yaml:3:9: /order/0: unknown step"), found.get(0));
        assertTrue(found.get(0).endsWith("Did you mean \"exit_mmap/begin\"?"), found.get(0));
        assertTrue(found.get(1).contains("not an order: \"exit\""), found.get(1));
        assertTrue(found.get(2).endsWith("Did you mean \"atc-filled\"?"), found.get(2));
    }

    @Test
    void shouldKnowDevicesThatHaveADefaultDomainOfTheirOwn() {
        assertGood(steps("exit") + "os: {iommu: {devices: {dsa0: dma-fq}}}\n");
        List<String> mistakes =
                mistakes(steps("exit") + "os: {iommu: {devices: {dsa: identity}}}\n");

        assertEquals(1, mistakes.size());
        assertTrue(
                mistakes.get(0).contains("/os/iommu/devices/dsa: unknown device \"dsa\""),
                mistakes.get(0));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongSteps")
    void shouldNameTheStepAndWhatMayHaveBeenMeant(
            String step, int column, String path, String what, String near) {
        List<String> mistakes =
                mistakes(steps("submit: {to: dsa0, op: noop, as: job}", step, "exit"));

        assertEquals(1, mistakes.size(), String.join("\n", mistakes));
        String place = "s.yaml:" + (STEP_LINE + 1) + ":" + column;
        String start = place + ": /processes/app/threads/main/1/" + path + ": unknown " + what;
        assertEquals(start, mistakes.get(0).split(";")[0]);
        assertEquals(
                "Did you mean \"" + near + "\"?",
                mistakes.get(0).substring(mistakes.get(0).indexOf("Did you")));
    }

    @Test
    void shouldKnowMemoryOfTheKernelByTheNamesThatProgramsGiveIt() {
        String map = "vmalloc: {area: area, size: 2MiB}";
        assertGood(steps(map, "submit: {to: card, buffer: area}", "vfree: area"));
        List<String> mistakes = mistakes(steps(map, "vfree: aria"));

        assertEquals(1, mistakes.size());
        assertTrue(mistakes.get(0).contains("unknown memory of the kernel \"aria\""));
        assertTrue(mistakes.get(0).contains("Did you mean \"area\"?"));
    }

    @Test
    void shouldAcceptEveryNameThatThereIs() {
        assertGood(
                steps(
                        "open: dsa0",
                        "mmap: dsa0",
                        "mmap: src",
                        "touch: {buffer: src, with: loads}",
                        "mprotect: {buffer: src, access: read}",
                        "submit: {to: dsa0, op: memmove, from: src, into: dst, as: job}",
                        "wait: job",
                        "wait: {process: other}",
                        "kill: other",
                        "munmap: dst",
                        "fill: {buffer: src, with: counting}",
                        "madvise: {buffer: src, advice: dont-need}",
                        "mremap: {buffer: src, size: 8KiB}",
                        "pin: src",
                        "unpin: src",
                        "migrate: src",
                        "numa-scan: src",
                        "reclaim: 64KiB",
                        "oom-kill",
                        "hold: other",
                        "let-go: other",
                        "signal: {process: other, number: sigterm}",
                        "send: {device: dsa0, to: other}",
                        "receive: dsa0",
                        "reset: dsa0",
                        "unload: dsa0",
                        "clone: {process: other, memory: true, files: true, vfork: true}",
                        "exec: other",
                        "close: dsa0"));
    }

    /** A job that is handed in by one thread may be waited for by another of the process. */
    @Test
    void shouldKnowTheJobsOfAllThreads() {
        assertGood(
                steps("submit: {to: dsa0, op: noop, as: job}")
                        .replace(
                                "threads:\n      main:",
                                "threads:\n      two: [{wait: job}]\n      main:"));
    }

    @Test
    void shouldKnowTheBuffersOfTheProcessThatForked() {
        assertGood(steps("fork: other").replace("[exit]", "[{touch: src}, exit]"));
    }

    @Test
    void shouldNotKnowTheBuffersOfAnotherProcess() {
        List<String> mistakes =
                mistakes(steps("exit").replace("[exit]", "[{touch: src}, {munmap: card}, exit]"));

        assertEquals(
                List.of(
                        "s.yaml:10:36: /processes/other/threads/main/0/touch: unknown buffer"
                                + " \"src\"; there is none"),
                mistakes);
    }

    static Stream<Arguments> wrongExpectations() {
        return Stream.of(
                arguments("defects: [S18, S99]", "11:16: /defects/1: unknown defect \"S99\""),
                arguments(
                        "expect: {violations: [I-01, I-0]}",
                        "11:29: /expect/violations/1: unknown invariant \"I-0\""),
                arguments(
                        "expect: {pasid: {ap: [bound]}}",
                        "11:18: /expect/pasid/ap: unknown process \"ap\""),
                arguments(
                        "expect: {refused: {ap: why}}",
                        "11:20: /expect/refused/ap: unknown process \"ap\""),
                arguments(
                        "expect: {memory: {app.dsd: app.src}}",
                        "11:19: /expect/memory/app.dsd: unknown buffer \"app.dsd\""),
                arguments(
                        "expect: {memory: {app.dst: other.src}}",
                        "11:28: /expect/memory/app.dst: unknown buffer \"other.src\""),
                arguments(
                        "expect: {pasid: {app: [born]}}",
                        "11:24: /expect/pasid/app/0: found \"born\""),
                arguments("os: {policy: linux-7.2}", "11:14: /os/policy: found \"linux-7.2\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongExpectations")
    void shouldLookUpWhatIsExpected(String line, String start) {
        List<String> mistakes = mistakes(steps("exit") + line + "\n");

        assertEquals(1, mistakes.size(), String.join("\n", mistakes));
        assertEquals("s.yaml:" + start, mistakes.get(0).split(";")[0]);
    }

    @Test
    void shouldTellAMissingModelFromAnUnknownOne() {
        List<String> mistakes =
                mistakes(
                        "svasim: 1\n"
                                + "title: x\n"
                                + "machine: {devices: {a: {model: dsx}, b: {config: {}}}}\n");

        assertEquals(2, mistakes.size(), String.join("\n", mistakes));
        assertEquals(
                "s.yaml:3:32: /machine/devices/a/model: unknown device model \"dsx\"",
                mistakes.get(0).split(";")[0]);
        assertEquals(
                "s.yaml:3:41: /machine/devices/b/model: \"model\" is missing",
                mistakes.get(1).split(";")[0]);
    }

    @Test
    void shouldReportMistakesOfAllKindsInTheOrderOfTheFile() {
        List<String> mistakes =
                mistakes(
                        steps("open: dsa1", "opne: dsa0", "touch: scr", "wait: job", "sleep: 5")
                                        .replace("{size: 4KiB}, dst", "{sise: 4KiB}, dst")
                                + "expect: {violations: [I-99]}\n");

        List<String> places = mistakes.stream().map(m -> m.substring(0, m.indexOf(": "))).toList();
        assertEquals(
                List.of(
                        "s.yaml:6:21",
                        "s.yaml:9:17",
                        "s.yaml:10:11",
                        "s.yaml:11:18",
                        "s.yaml:12:17",
                        "s.yaml:13:18",
                        "s.yaml:15:23"),
                places,
                String.join("\n", mistakes));
    }
}
