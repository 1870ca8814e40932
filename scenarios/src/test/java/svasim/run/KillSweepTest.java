package svasim.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.kernel.Choices;
import svasim.kernel.Site;
import svasim.scenario.BoundScenario;
import svasim.scenario.Home;
import svasim.scenario.ScenarioFile;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/**
 * What a driver owes to a process that dies: at each named step of the run, its own or another
 * task's, the process is killed, for each driver on each unit. By default the first time counts
 * that a step comes, up to the process's own end; {@code -Dsvasim.kills=full} takes every step,
 * which takes minutes.
 */
class KillSweepTest {
    private static final String SITE = "machine.fault";
    private static final boolean FULL = "full".equals(System.getProperty("svasim.kills"));

    private final Runner runner = new Runner(MachineAssembly.withoutLatencies());

    private static ScenarioFile file() throws IOException {
        return ScenarioFile.read(Home.scenarios().resolve("devices/killed-at-any-step.yaml"));
    }

    static List<String> variants() throws IOException {
        return file().variants();
    }

    @ParameterizedTest
    @MethodSource("variants")
    @Timeout(600)
    void shouldLeaveNothingOfAProcessThatIsKilledAtAnyStep(String variant) throws IOException {
        BoundScenario scenario = file().bind(variant, Map.of());
        Moments moments = new Moments();
        RunResult plain = runner.run(scenario, 0, moments, moments);
        assertTrue(plain.good(), () -> plain.broken() + " " + plain.waitingFor());

        List<String> wrong = new ArrayList<>();
        for (int moment : moments.chosen()) {
            KillAt kill = new KillAt(moment);
            RunResult run = runner.run(scenario, 0, kill, kill);
            List<String> found = kill.wrong(run);
            if (!found.isEmpty()) {
                wrong.add(moments.name(moment) + ": " + found);
            }
        }

        assertEquals(List.of(), wrong, wrong.size() + " of " + moments.chosen().size());
    }

    /** The steps at which a run could have killed, by their names. */
    private static final class Moments implements Choices, Consumer<Simulation> {
        private final List<String> names = new ArrayList<>();
        private int asked;

        @Override
        public int pick(Site site, long occurrence, int lane, int options) {
            asked += site.name().equals(SITE) ? 1 : 0;
            return 0;
        }

        /** The machine has asked about a step before it is told here. */
        @Override
        public void accept(Simulation simulation) {
            simulation
                    .trace()
                    .add(
                            new TraceListener() {
                                @Override
                                public boolean wants(Kind kind) {
                                    return kind == Kind.STEP;
                                }

                                @Override
                                public void on(
                                        long id,
                                        long cause,
                                        long timePs,
                                        Kind kind,
                                        int lane,
                                        long a,
                                        long b,
                                        long c,
                                        Object subject) {
                                    if (names.size() < asked) {
                                        names.add(
                                                subject
                                                        + " @ "
                                                        + simulation.trace().laneName(lane));
                                    }
                                }
                            });
        }

        String name(int moment) {
            return names.get(moment);
        }

        /** Who is on its way out by itself does not notice. */
        List<Integer> chosen() {
            Set<String> seen = new LinkedHashSet<>();
            int exit = names.indexOf("do_exit/exit_mm @ app");
            return IntStream.range(0, FULL ? names.size() : exit + 1)
                    .filter(moment -> seen.add(names.get(moment)) || FULL)
                    .boxed()
                    .toList();
        }
    }

    /** Says yes once. */
    private static final class KillAt implements Choices, Consumer<Simulation> {
        private final int moment;
        private Simulation simulation;

        KillAt(int moment) {
            this.moment = moment;
        }

        @Override
        public int pick(Site site, long occurrence, int lane, int options) {
            return site.name().equals(SITE) && occurrence == moment ? 1 : 0;
        }

        @Override
        public void accept(Simulation machine) {
            simulation = machine;
        }

        /** What should not be, once everything has come to its end. */
        List<String> wrong(RunResult run) {
            List<String> wrong = new ArrayList<>(run.findings());
            if (!run.complete()) {
                wrong.add("does not end");
            }
            run.waitingFor().forEach(line -> wrong.add("waits: " + line));
            run.failures().stream()
                    .filter(line -> !line.startsWith("app"))
                    .forEach(line -> wrong.add("fails: " + line));
            run.broken().stream()
                    .filter(line -> line.contains("next"))
                    .forEach(line -> wrong.add("expects: " + line));
            int pasids = simulation.machine().os().sva().pasidsInUse();
            if (pasids != 0) {
                wrong.add(pasids + " PASIDs in use");
            }
            simulation
                    .machine()
                    .hardware()
                    .devices()
                    .forEach(
                            (name, device) ->
                                    device.model().waitingFor().stream()
                                            .map(line -> name + " is busy: " + line)
                                            .forEach(wrong::add));
            return wrong;
        }
    }
}
