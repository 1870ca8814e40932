package svasim.report.words;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the same thing is called by each IOMMU architecture: the table {@code terms.txt}, whose
 * first column is the word for all of them.
 */
public final class Terms {
    private static final Pattern TERM = Pattern.compile("<([^<>]+)>");
    private static final Map<String, Map<String, String>> BY_UNIT = read();

    private final Map<String, String> terms;

    private Terms(Map<String, String> terms) {
        this.terms = terms;
    }

    /**
     * @param unit as files name it: {@code vtd}; one without a column has the words for all
     */
    public static Terms of(String unit) {
        return new Terms(BY_UNIT.getOrDefault(unit, Map.of()));
    }

    /** A text with the names of this unit in place of the terms in angle brackets. */
    public String in(String text) {
        if (text == null || text.indexOf('<') < 0) {
            return text;
        }
        Matcher term = TERM.matcher(text);
        StringBuilder said = new StringBuilder();
        while (term.find()) {
            String word = term.group(1);
            term.appendReplacement(said, Matcher.quoteReplacement(terms.getOrDefault(word, word)));
        }
        return term.appendTail(said).toString();
    }

    /** Terms that a text uses. */
    static List<String> used(String text) {
        return TERM.matcher(text).results().map(found -> found.group(1)).toList();
    }

    /** Terms that the table has. */
    static Set<String> known() {
        return BY_UNIT.get("vtd").keySet();
    }

    static Set<String> units() {
        return BY_UNIT.keySet();
    }

    private static Map<String, Map<String, String>> read() {
        List<String[]> rows = new ArrayList<>();
        for (String line : SentenceFile.text("terms.txt").split("\n")) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(line.split("\\|", -1));
            }
        }
        String[] head = rows.get(0);
        Map<String, Map<String, String>> byUnit = new LinkedHashMap<>();
        for (int column = 1; column < head.length; column++) {
            Map<String, String> words = new LinkedHashMap<>();
            for (String[] row : rows.subList(1, rows.size())) {
                String word = column < row.length ? row[column].strip() : "";
                words.put(row[0].strip(), word.isEmpty() ? row[0].strip() : word);
            }
            byUnit.put(head[column].strip(), Map.copyOf(words));
        }
        return Map.copyOf(byUnit);
    }
}
