package svasim.matrix;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The matrix as a README has it. */
final class ReadmeTable {
    private static final Pattern LEGEND = Pattern.compile("- ([a-z]) ([a-z0-9-]+)(;.*)?");
    private static final Pattern PART = Pattern.compile("(.+) \\(([a-z ]+)\\)");
    private static final String HEAD = "| scenario | amd-pin |";

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();
    private final Map<String, String> letters = new HashMap<>();
    private final Map<String, String> reasons = new HashMap<>();

    static ReadmeTable read(Path readme) throws IOException {
        ReadmeTable table = new ReadmeTable();
        List<String> policies = List.of();
        for (String line : Files.readAllLines(readme)) {
            Matcher legend = LEGEND.matcher(line);
            if (line.startsWith(HEAD)) {
                policies = cells(line);
            } else if (!policies.isEmpty() && line.startsWith("| ")) {
                table.addRow(policies, cells(line));
            } else if (legend.matches()) {
                table.letters.put(legend.group(2), legend.group(1));
                table.reasons.put(legend.group(2), String.valueOf(legend.group(3)));
            }
        }
        return table;
    }

    private static List<String> cells(String line) {
        return Arrays.asList(line.substring(2, line.length() - 2).split(" \\| "));
    }

    private void addRow(List<String> policies, List<String> cells) {
        Map<String, String> row = new HashMap<>();
        for (int i = 1; i < cells.size(); i++) {
            row.put(policies.get(i), cells.get(i));
        }
        rows.put(cells.get(0), row);
    }

    Set<String> scenarios() {
        return rows.keySet();
    }

    /** What the table says of one run that applies. */
    String cell(String scenario, String policy, String profile) {
        String cell = rows.get(scenario).get(policy);
        for (String text : cell.split("; ")) {
            Matcher part = PART.matcher(text);
            if (part.matches()) {
                if (List.of(part.group(2).split(" ")).contains(letters.get(profile))) {
                    return part.group(1);
                }
            } else {
                return text;
            }
        }
        return "n/a";
    }

    /** Whether it says why something does not apply to a machine. */
    boolean explains(String profile, String reason) {
        return reasons.getOrDefault(profile, "").contains(reason);
    }
}
