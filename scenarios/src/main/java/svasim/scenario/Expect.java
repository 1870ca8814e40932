package svasim.scenario;

import java.util.List;
import java.util.Map;

/**
 * What has to be true at the end of a run.
 *
 * @param pasid stations that the PASID of a process goes through, in their order, by process;
 *     others may lie between them
 * @param steps steps of software that run in this order, others between them
 * @param never steps of software that do not run
 * @param refused words that the reason of a refused bind contains, by process
 * @param memory buffers whose bytes equal those of another buffer, both as {@code process.buffer}
 * @param failures processes of which a step does not succeed, besides those of refused binds; no
 *     other one's may fail
 * @param violations invariants that are broken, no more and no fewer
 * @param stuck whether somebody still waits when nothing is left to happen
 * @param statistics bounds by name of the statistic; of a latency its mean counts, or with {@code
 *     .p50}, {@code .p99} and the like behind the name a percentile, with {@code .max} the longest
 */
public record Expect(
        Map<String, List<Station>> pasid,
        List<String> steps,
        List<String> never,
        Map<String, String> refused,
        Map<String, String> memory,
        List<String> failures,
        List<String> violations,
        Boolean stuck,
        Map<String, Bounds> statistics) {
    public Expect {
        pasid = pasid == null ? Map.of() : pasid;
        steps = steps == null ? List.of() : List.copyOf(steps);
        never = never == null ? List.of() : List.copyOf(never);
        refused = refused == null ? Map.of() : refused;
        memory = memory == null ? Map.of() : memory;
        failures = failures == null ? List.of() : List.copyOf(failures);
        stuck = stuck != null && stuck;
        violations = violations == null ? List.of() : List.copyOf(violations);
        statistics = statistics == null ? Map.of() : statistics;
    }

    /**
     * @param min smallest good value; null for none
     * @param max largest good value; null for none
     */
    public record Bounds(Long min, Long max) {
        @Override
        public String toString() {
            if (min == null) {
                return max == null ? "any value" : "at most " + max;
            }
            return max == null ? "at least " + min : min + " to " + max;
        }
    }
}
