package svasim.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import svasim.check.Finding;
import svasim.check.Observation;
import svasim.check.Violation;

/**
 * Tells what broke: the first finding of each invariant with who, when, which frame and PASID, and
 * what the trace saw before it; of the others, only how many there are.
 */
public final class ViolationReport {
    /** Observations that are told of those around a finding; the last ones count. */
    private static final int AROUND = 8;

    private final IntFunction<String> laneName;
    private final Sentences sentences;
    private final int around;

    /**
     * @param laneName name of a lane of the trace, by its number
     */
    public ViolationReport(IntFunction<String> laneName, Sentences sentences) {
        this(laneName, sentences, AROUND);
    }

    private ViolationReport(IntFunction<String> laneName, Sentences sentences, int around) {
        this.laneName = laneName;
        this.sentences = sentences;
        this.around = around;
    }

    /** Without what was seen before it: for those who tell that themselves. */
    public static ViolationReport brief(IntFunction<String> laneName, Sentences sentences) {
        return new ViolationReport(laneName, sentences, 0);
    }

    /** No line if nothing broke. */
    public List<String> lines(List<Violation> violations) {
        Map<String, List<Violation>> byInvariant = new LinkedHashMap<>();
        for (Violation violation : violations) {
            byInvariant
                    .computeIfAbsent(violation.invariant(), i -> new ArrayList<>())
                    .add(violation);
        }
        List<String> lines = new ArrayList<>();
        byInvariant.values().forEach(same -> tell(same, lines));
        return lines;
    }

    private void tell(List<Violation> same, List<String> lines) {
        Violation first = same.get(0);
        lines.add(
                String.format(
                        "%s broken at %s: %s",
                        first.invariant(), Times.micros(first.timePs()), first.statement()));
        lines.add("  " + first.finding().detail());
        String whose = whose(first.finding());
        if (!whose.isEmpty()) {
            lines.add("  " + whose);
        }
        if (around > 0) {
            tellAround(first.around(), lines);
        }
        if (same.size() > 1) {
            lines.add("  and " + (same.size() - 1) + " more of " + first.invariant());
        }
    }

    private void tellAround(List<Observation> kept, List<String> lines) {
        lines.add("  before it:");
        for (Observation seen : kept.subList(Math.max(0, kept.size() - around), kept.size())) {
            lines.add(
                    String.format(
                            "  %14s  %-10s %s",
                            Times.micros(seen.timePs()),
                            laneName.apply(seen.lane()),
                            sentences.tell(Seen.of(seen))));
        }
    }

    private String whose(Finding finding) {
        List<String> parts = new ArrayList<>();
        if (finding.requesterId() != Finding.NONE) {
            parts.add("device " + sentences.device(finding.requesterId()));
        }
        if (finding.pasid() != Finding.NONE) {
            parts.add("PASID " + finding.pasid());
        }
        if (finding.mm() != Finding.NONE) {
            String process = sentences.namer().process(finding.mm());
            parts.add("process " + (process == null ? "mm " + finding.mm() : process));
        }
        if (finding.frame() != Finding.NONE) {
            parts.add("frame 0x" + Long.toHexString(finding.frame()));
        }
        return String.join(", ", parts);
    }
}
