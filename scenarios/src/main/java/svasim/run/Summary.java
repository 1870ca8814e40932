package svasim.run;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.check.Violation;
import svasim.kernel.Kernel;
import svasim.report.Times;

/** A run on one screen, and as an object for programs. */
public final class Summary {
    /** Lines of one sort on one screen. */
    private static final int MOST = 20;

    private Summary() {}

    /** Lines for people. */
    public static List<String> text(RunResult result) {
        List<String> lines = new ArrayList<>();
        lines.add(result.scenario().title());
        if (!result.scenario().scenario().aim().isEmpty()) {
            lines.add("  " + result.scenario().scenario().aim());
        }
        result.hypothetical().forEach(line -> lines.add("  hypothetical: " + line));
        lines.add("");
        lines.addAll(result.life());
        lines.add("");
        result.findings().forEach(line -> lines.add("  " + line));
        addSome(lines, "still waiting: ", result.waitingFor());
        addSome(lines, "did not succeed: ", result.failures());
        addSome(lines, "", result.broken());
        lines.add(verdict(result));
        return lines;
    }

    /** Not one for each of ten thousand processes; {@code --format json} has them all. */
    private static void addSome(List<String> lines, String what, List<String> all) {
        all.stream().limit(MOST).forEach(line -> lines.add("  " + what + line));
        if (all.size() > MOST) {
            lines.add("  " + what + (all.size() - MOST) + " more");
        }
    }

    private static String verdict(RunResult result) {
        return String.format(
                "%s: %s simulated, %d events, %s%s",
                result.good() ? "good" : "NOT GOOD",
                Times.micros(result.endPs()),
                result.events(),
                invariants(result),
                result.end() == Kernel.End.QUIET ? "" : ", " + end(result.end()));
    }

    /** How a run ended, in words. */
    public static String end(Kernel.End end) {
        return switch (end) {
            case QUIET -> "nothing was left to do";
            case TIME_LIMIT -> "cut off at the limit of time";
            case EVENT_LIMIT -> "cut off at the limit of events";
            case STOPPED -> "stopped";
        };
    }

    /** How many invariants were broken, and whether that is what the scenario shows. */
    public static String invariants(RunResult result) {
        if (!result.checked()) {
            return "invariants not checked";
        }
        int broken = brokenInvariants(result).size();
        return broken
                + (broken == 1 ? " invariant" : " invariants")
                + " broken"
                + (broken > 0 && result.good() ? ", as expected" : "");
    }

    private static List<String> brokenInvariants(RunResult result) {
        return result.violations().stream().map(Violation::invariant).distinct().toList();
    }

    /** For {@code --format json}. */
    public static Map<String, Object> plain(RunResult result) {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("title", result.scenario().scenario().title());
        plain.put("variant", result.scenario().variant());
        plain.put("good", result.good());
        plain.put("end", result.end().name());
        plain.put("time_ps", result.endPs());
        plain.put("events", result.events());
        plain.put("checked", result.checked());
        plain.put("violations", brokenInvariants(result));
        plain.put("broken", result.broken());
        plain.put("failures", result.failures());
        plain.put("waiting", result.waitingFor());
        plain.put("hypothetical", result.hypothetical());
        Map<String, Object> counters = new TreeMap<>();
        result.statistics().counters().forEach((name, c) -> counters.put(name, c.value()));
        plain.put("counters", counters);
        Map<String, String> cells = OutcomeTable.cells(result);
        if (!cells.isEmpty()) {
            plain.put("table", cells);
        }
        return plain;
    }
}
