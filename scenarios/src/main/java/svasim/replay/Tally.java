package svasim.replay;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was checked, what failed and what could not be handled. */
final class Tally {
    private static final int KEPT = 10;

    private final Map<String, Integer> checked = new TreeMap<>();
    private final Map<String, Integer> failed = new TreeMap<>();
    private final List<ReplayResult.Failure> failures = new ArrayList<>();
    private final Map<String, Integer> unsupported = new TreeMap<>();

    /** An expectation was compared; {@code found} is what is reported if it does not hold. */
    void check(Line line, boolean holds, Object found) {
        check(line.kind(), line, holds, found);
    }

    /** As above, for a line that stands within another kind of line. */
    void check(char lineKind, Line line, boolean holds, Object found) {
        String kind = String.valueOf(lineKind);
        checked.merge(kind, 1, Integer::sum);
        if (!holds) {
            fail(kind, line.number(), line.text(), found.toString());
        }
    }

    /** Something failed that no line stands for. */
    void fail(String kind, int line, String expected, String found) {
        failed.merge(kind, 1, Integer::sum);
        if (failures.size() < KEPT) {
            failures.add(new ReplayResult.Failure(line, expected, found));
        }
    }

    void unsupported(String what) {
        unsupported.merge(what, 1, Integer::sum);
    }

    ReplayResult result(String capture, String iommu, int equivalences) {
        return new ReplayResult(
                capture, iommu, checked, failed, failures, unsupported, equivalences);
    }
}
