package svasim.replay;

import java.util.List;
import java.util.Map;

/**
 * Outcome of one capture.
 *
 * @param checked expectations compared, by kind of line
 * @param failed those that did not hold
 * @param failures the first ten, in the order of the trace
 * @param unsupported what could not be handled, and how often
 * @param equivalences comparisons that used an equivalence of reasons
 */
public record ReplayResult(
        String capture,
        String iommu,
        Map<String, Integer> checked,
        Map<String, Integer> failed,
        List<Failure> failures,
        Map<String, Integer> unsupported,
        int equivalences) {
    /**
     * @param line number in the trace
     * @param expected the line itself
     */
    public record Failure(int line, String expected, String found) {}

    public boolean good() {
        return failed.isEmpty() && unsupported.isEmpty();
    }
}
