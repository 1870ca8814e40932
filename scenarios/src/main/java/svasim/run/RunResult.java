package svasim.run;

import java.util.List;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.scenario.BoundScenario;
import svasim.stats.Statistics;

/**
 * What came out of one run.
 *
 * @param end why it ended
 * @param endPs simulated time of the end
 * @param life lines of the PASID's life
 * @param findings what broke, in words
 * @param waitingFor who waited for whom at the end
 * @param failures steps of programs that did not succeed
 * @param broken expectations that do not hold
 */
public record RunResult(
        BoundScenario scenario,
        long seed,
        Kernel.End end,
        long endPs,
        long events,
        List<String> life,
        List<Violation> violations,
        List<String> findings,
        List<String> waitingFor,
        List<String> failures,
        List<String> broken,
        List<String> hypothetical,
        Statistics statistics) {
    /** Whether the run came to its own end. */
    public boolean complete() {
        return end == Kernel.End.QUIET;
    }

    /** Whether the invariants were checked. */
    public boolean checked() {
        return scenario.scenario().measure().invariants();
    }

    /**
     * Whether it is complete, nobody waits unless that is expected, and all that was expected is
     * true.
     */
    public boolean good() {
        boolean stuckAsExpected = scenario.scenario().expect().stuck() || waitingFor.isEmpty();
        return complete() && stuckAsExpected && broken.isEmpty();
    }
}
