package svasim.report.words;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Abbreviations and words of the field, each in one or two sentences. */
public final class Glossary {
    private static final Map<String, String> ALL = read();

    private Glossary() {}

    /** Explanations by term, in the order in which a newcomer needs them. */
    public static Map<String, String> entries() {
        return ALL;
    }

    /** Terms whose explanation uses a term, and those that its own explanation uses. */
    public static List<String> mentioning(String term) {
        return ALL.keySet().stream()
                .filter(other -> !other.equals(term))
                .filter(other -> says(ALL.get(other), term) || says(ALL.get(term), other))
                .toList();
    }

    private static boolean says(String text, String term) {
        return Pattern.compile("\\b" + Pattern.quote(term) + "\\b").matcher(text).find();
    }

    private static Map<String, String> read() {
        Map<String, String> entries = new LinkedHashMap<>();
        for (String line : SentenceFile.text("glossary.txt").split("\n")) {
            int equals = line.indexOf(" = ");
            if (equals > 0 && !line.startsWith("#")) {
                entries.put(line.substring(0, equals).strip(), line.substring(equals + 3).strip());
            }
        }
        return Collections.unmodifiableMap(entries);
    }
}
