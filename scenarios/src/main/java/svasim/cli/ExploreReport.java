package svasim.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.explore.Finding;
import svasim.scenario.BoundScenario;

/**
 * What a search found, for people and for programs.
 *
 * @param again command line that repeats the failing schedule, but for the schedule itself
 * @param partial whether a signal has ended the search
 */
record ExploreReport(BoundScenario scenario, Finding finding, String again, boolean partial) {
    /** Lines for people. */
    List<String> text() {
        List<String> lines = new ArrayList<>();
        lines.add(scenario.title());
        if (finding.schedule() == null) {
            String until = partial ? " until it was interrupted (partial)" : "";
            lines.add(finding.runs() + " runs, nothing broke" + until);
            lines.addAll(finding.searched());
            return lines;
        }
        lines.add(finding.runs() + " runs; broken: " + String.join(", ", finding.failures()));
        lines.add("shortest schedule: " + finding.schedule());
        finding.story().deviations().forEach(deviation -> lines.add("  " + deviation));
        lines.add("");
        lines.addAll(finding.story().lines());
        lines.add("");
        lines.addAll(finding.report());
        lines.add("");
        lines.add("repeat it with: " + repeat());
        return lines;
    }

    /** An object for programs. */
    Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("title", scenario.scenario().title());
        plain.put("variant", scenario.variant());
        plain.put("runs", finding.runs());
        plain.put("partial", partial);
        plain.put("searched", finding.searched());
        plain.put("found", finding.schedule() != null);
        if (finding.schedule() != null) {
            plain.put("failures", List.copyOf(finding.failures()));
            plain.put("choices", finding.schedule().toString());
            plain.put("deviations", finding.story().deviations());
            plain.put("story", finding.story().lines());
            plain.put("report", finding.report());
            plain.put("repeat", repeat());
        }
        return plain;
    }

    private String repeat() {
        return again + " --replay '" + finding.schedule() + "'";
    }
}
