package svasim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import svasim.binding.InvalidInput;
import svasim.os.program.Step;
import svasim.units.ByteSize;

class ScenarioFileTest {
    private static final String SCENARIO =
            """
            svasim: 1
            title: Two ways
            machine: {devices: {dsa0: {model: dsa}}}
            processes:
              app:
                buffers: {src: {size: 8KiB, fill: random}, dst: {size: 8KiB}}
                threads:
                  main:
                    - open: dsa0
                    - mmap: dsa0
                    - touch: src
                    - submit: {to: dsa0, op: memmove, from: src, into: dst, as: job}
                    - wait: job
                    - exit
            expect: {violations: [I-20]}
            variants:
              old: {os.policy: intel-pin}
              fixed: {os.policy: linux-7.1, expect.violations: []}
            """;

    private static ScenarioFile file(String text) {
        return ScenarioFile.of("s.yaml", text.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> mistakes(String text) {
        InvalidInput invalid = assertThrows(InvalidInput.class, () -> file(text).bindAll(Map.of()));
        return invalid.mistakes().stream().map(Object::toString).toList();
    }

    @Test
    void shouldBindEachVariantOverTheFile() {
        List<BoundScenario> bound = file(SCENARIO).bindAll(Map.of());

        assertEquals("Two ways [old]", bound.get(0).title());
        assertEquals("intel-pin", bound.get(0).scenario().os().policy());
        assertEquals(List.of("I-20"), bound.get(0).scenario().expect().violations());
        assertEquals(List.of(), bound.get(1).scenario().expect().violations());
    }

    @Test
    void shouldLetTheCommandLineWin() {
        Map<String, String> sets = new LinkedHashMap<>();
        sets.put("os.policy", "linux-7.1");
        sets.put("processes.app.buffers.src.size", "1MiB");
        sets.put("processes.app.threads.main.2.touch", "dst");

        Scenario scenario = file(SCENARIO).bind("old", sets).scenario();

        assertEquals("linux-7.1", scenario.os().policy());
        ProcessConfig app = scenario.processes().get("app");
        assertEquals(ByteSize.ofMiB(1), app.buffers().get("src").size());
        assertEquals(new Step.Touch("dst", true), app.threads().get("main").get(2).step(Set.of()));
    }

    @Test
    void shouldTurnStepsIntoTheOperatingSystems() {
        Scenario scenario = file(SCENARIO).bind("old", Map.of()).scenario();

        List<Step> steps =
                scenario.processes()
                        .get("app")
                        .spec("app", Set.of("dsa0"), true)
                        .threads()
                        .get("main")
                        .steps();

        assertEquals(new Step.Open("dsa0"), steps.get(0));
        assertEquals(new Step.MapDevice("dsa0", null), steps.get(1));
        Step.Submit submit = (Step.Submit) steps.get(3);
        assertEquals("job", submit.as());
        assertTrue(submit.work().toString().contains("into=dst"), submit.work().toString());
        assertEquals(new Step.Await("job"), steps.get(4));
        assertEquals(new Step.Exit(), steps.get(5));
    }

    @Test
    void shouldGiveTheSameScenarioFromItsEffectiveForm() {
        BoundScenario bound = file(SCENARIO).bind("fixed", Map.of());

        String effective = bound.effective();

        BoundScenario again = file(effective).bind(ScenarioFile.ONLY, Map.of());
        assertEquals(effective, again.effective());
        assertEquals(bound.scenario().processes(), again.scenario().processes());
    }

    @Test
    void shouldReportMistakesOfAllVariantsOnce() {
        List<String> mistakes =
                mistakes(
                        SCENARIO.replace("open: dsa0", "open: dsa9")
                                .replace("intel-pin", "intel-pim")
                                .replace("[I-20]", "[I-29]"));

        assertEquals(3, mistakes.size(), mistakes.toString());
        assertTrue(mistakes.stream().anyMatch(m -> m.startsWith("s.yaml:9:17: /processes/app/")));
        assertTrue(mistakes.stream().anyMatch(m -> m.startsWith("s.yaml:15:23: /expect/")));
        assertTrue(mistakes.stream().anyMatch(m -> m.startsWith("s.yaml:17:20: /os/policy")));
    }

    @Test
    void shouldCheckEveryNameThatAStepUses() {
        List<String> mistakes =
                mistakes(
                        """
                        svasim: 1
                        title: Names
                        machine: {devices: {dsa0: {model: dsb}}}
                        defects: [S99]
                        processes:
                          app:
                            threads:
                              main:
                                - close: dsa1
                                - touch: nothing
                                - munmap: nothing
                                - submit: {to: dsa2, op: no-op}
                                - wait: job
                                - wait: {process: other}
                                - kill: other
                        expect: {pasid: {other: [bound]}}
                        """);

        assertEquals(10, mistakes.size(), String.join("\n", mistakes));
    }

    @Test
    void shouldNameTheProfilesThatThereAre() {
        List<String> mistakes =
                mistakes("svasim: 1\ntitle: x\nmachine: {profile: saphire-rapids}\n");

        assertTrue(mistakes.get(0).endsWith("Did you mean \"sapphire-rapids\"?"), mistakes.get(0));
        assertTrue(mistakes.get(0).startsWith("s.yaml:3:20: /machine/profile"), mistakes.get(0));
    }

    @Test
    void shouldRefuseAnotherVersionOfTheFormat() {
        assertEquals(
                List.of("s.yaml:1:9: /svasim: found \"2\"; expected version 1"),
                mistakes("svasim: 2\ntitle: x\n"));
    }

    @Test
    void shouldSayThatAPathLeadsNowhere() {
        InvalidInput invalid =
                assertThrows(
                        InvalidInput.class,
                        () -> file(SCENARIO).bind("old", Map.of("title.x", "1")));

        assertTrue(invalid.getMessage().startsWith("--set title.x:1:1: "), invalid.getMessage());
    }
}
