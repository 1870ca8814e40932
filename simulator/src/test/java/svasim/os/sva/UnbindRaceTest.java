package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.kernel.Choices;
import svasim.kernel.RandomStream;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.mm.Mm;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** An unbind by a worker while the process dies on another core: either may come first. */
class UnbindRaceTest {
    private static final int RUNS = 100;

    /** What the unit is asked for when an entry goes. */
    private static final Set<String> CUTS = Set.of("neutralise 1", "tear down 1", "erase 1");

    /** A neutral entry is erased later. */
    private static final Set<List<String>> ONE_CUT =
            Set.of(List.of("tear down 1"), List.of("erase 1"), List.of("neutralise 1", "erase 1"));

    private static List<String> policies() {
        return Policies.all().stream().map(Policies.Policy::name).toList();
    }

    @ParameterizedTest
    @MethodSource("policies")
    void shouldCutEachBondOnceHoweverUnbindAndExitMeet(String policy) {
        for (int seed = 0; seed < RUNS; seed++) {
            RandomStream random = new RandomStream(seed);
            Choices choices =
                    (site, n, lane, options) ->
                            site.name().equals("os.fput") || random.below(6) == 0
                                    ? (int) random.below(options)
                                    : 0;
            checkOneRun("seed " + seed, policy, choices, seed);
        }
    }

    private static void checkOneRun(String run, String policy, Choices choices, int seed) {
        var system = new OsUnderTest.Setup().policy(policy).choices(choices).build();
        SimpleDevice device = system.device("dev0");
        Step later = new Step.Sleep(Picoseconds.ofNanos(1 + seed * 53L));
        Process app =
                system.process(
                        "app",
                        "",
                        new Step.Open("dev0"),
                        new Step.Close("dev0"),
                        later,
                        new Step.Exit());

        Recorder seen = system.run().recorder();

        assertEquals(Mm.Life.FREED, app.mm().life(), run);
        assertEquals(1, seen.of(Kind.CUT).size(), run);
        assertEquals(1, seen.of(Kind.UNBOUND).size(), run);
        assertTrue(seen.indexOf(Kind.CUT) < seen.indexOf(Kind.UNBOUND), run);
        assertEquals(1, seen.of(Kind.PASID_FREED).size(), run);
        List<String> done = new ArrayList<>(device.iommu().done());
        done.retainAll(CUTS);
        assertTrue(ONE_CUT.contains(done), run + done);
        assertEquals(0, system.os().sva().pasidsInUse(), run);
    }
}
