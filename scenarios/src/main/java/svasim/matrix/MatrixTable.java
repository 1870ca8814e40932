package svasim.matrix;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The matrix for people: a row for each scenario, a column for each policy. A cell that is the same
 * on all machines says so once, else each outcome with the letters of its machines; machines on
 * which the scenario does not apply are left out.
 */
public final class MatrixTable {
    private final Matrix matrix;

    public MatrixTable(Matrix matrix) {
        this.matrix = matrix;
    }

    /** As Markdown, with a legend of letters and notes. */
    public List<String> markdown() {
        List<String> lines = new ArrayList<>();
        lines.add("| scenario | " + String.join(" | ", matrix.policies()) + " |");
        lines.add("|---".repeat(matrix.policies().size() + 1) + "|");
        matrix.rows()
                .forEach(
                        (scenario, row) ->
                                lines.add("| " + scenario + " | " + cells(row.values()) + " |"));
        lines.add("");
        legend().forEach(line -> lines.add("- " + line));
        lines.add("");
        notes().forEach(line -> lines.add("- " + line));
        return lines;
    }

    private String cells(Iterable<Map<String, Outcome>> row) {
        List<String> cells = new ArrayList<>();
        row.forEach(outcomes -> cells.add(cell(outcomes)));
        return String.join(" | ", cells);
    }

    /** For a terminal: under each scenario, policies with the same outcome on one line. */
    public List<String> text() {
        List<String> lines = new ArrayList<>();
        matrix.rows()
                .forEach(
                        (scenario, row) -> {
                            lines.add(scenario);
                            Map<String, List<String>> policies = new LinkedHashMap<>();
                            row.forEach((policy, cell) -> add(policies, cell(cell), policy));
                            policies.forEach(
                                    (cell, names) ->
                                            lines.add(
                                                    "    "
                                                            + cell
                                                            + ": "
                                                            + String.join(" ", names)));
                        });
        lines.add("");
        lines.addAll(legend());
        lines.add("");
        lines.addAll(notes());
        return lines;
    }

    /** For programs: kind and words by scenario, policy and profile. */
    public Map<String, Object> plain() {
        Map<String, Object> rows = new LinkedHashMap<>();
        matrix.rows()
                .forEach(
                        (scenario, row) -> {
                            Map<String, Object> policies = new LinkedHashMap<>();
                            row.forEach((policy, cell) -> policies.put(policy, plain(cell)));
                            rows.put(scenario, policies);
                        });
        return rows;
    }

    private static Map<String, Object> plain(Map<String, Outcome> cell) {
        Map<String, Object> profiles = new LinkedHashMap<>();
        cell.forEach(
                (profile, outcome) -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("outcome", outcome.cell());
                    fields.put("words", outcome.words());
                    profiles.put(profile, fields);
                });
        return profiles;
    }

    private String cell(Map<String, Outcome> outcomes) {
        Map<String, List<String>> letters = new LinkedHashMap<>();
        outcomes.forEach(
                (profile, outcome) -> {
                    if (outcome.kind() != Outcome.Kind.NOT_APPLICABLE) {
                        add(letters, outcome.cell(), letter(profile));
                    }
                });
        if (letters.size() <= 1) {
            return letters.isEmpty() ? "n/a" : letters.keySet().iterator().next();
        }
        List<String> parts = new ArrayList<>();
        letters.forEach((cell, at) -> parts.add(cell + " (" + String.join(" ", at) + ")"));
        return String.join("; ", parts);
    }

    private String letter(String profile) {
        return String.valueOf((char) ('a' + matrix.profiles().indexOf(profile)));
    }

    private static void add(Map<String, List<String>> lists, String key, String value) {
        lists.computeIfAbsent(key, k -> new ArrayList<>()).add(value);
    }

    /** Each machine with its letter, and why scenarios do not apply there. */
    private List<String> legend() {
        Map<String, Set<String>> reasons = new LinkedHashMap<>();
        matrix.profiles().forEach(profile -> reasons.put(profile, new LinkedHashSet<>()));
        forEach(
                (policy, profile, outcome) -> {
                    if (!outcome.words().isEmpty()
                            && outcome.kind() == Outcome.Kind.NOT_APPLICABLE) {
                        reasons.get(profile).add(outcome.words());
                    }
                });
        List<String> lines = new ArrayList<>();
        reasons.forEach(
                (profile, why) -> {
                    String line = letter(profile) + " " + profile;
                    lines.add(why.isEmpty() ? line : line + "; n/a: " + String.join(", ", why));
                });
        return lines;
    }

    /** For each policy an example of each outcome that is not as expected. */
    private List<String> notes() {
        Map<String, String> examples = new LinkedHashMap<>();
        for (String policy : matrix.policies()) {
            forEach(
                    (of, profile, outcome) -> {
                        if (of.equals(policy) && outcome.hasNote()) {
                            examples.putIfAbsent(
                                    policy + ", " + outcome.cell(),
                                    "for example " + outcome.words());
                        }
                    });
        }
        List<String> lines = new ArrayList<>();
        examples.forEach((what, example) -> lines.add(what + ": " + example));
        return lines;
    }

    /** Is shown each outcome. */
    private interface Visitor {
        void outcome(String policy, String profile, Outcome outcome);
    }

    private void forEach(Visitor visitor) {
        matrix.rows()
                .values()
                .forEach(
                        row ->
                                row.forEach(
                                        (policy, cell) ->
                                                cell.forEach(
                                                        (profile, outcome) ->
                                                                visitor.outcome(
                                                                        policy, profile,
                                                                        outcome))));
    }
}
