package svasim.report.words;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Abbreviations and words of the field, each in one or two sentences. */
public final class Glossary {
    private static final Map<String, String> ALL = read();

    private Glossary() {}

    /** Explanations by term, in the order in which a newcomer needs them. */
    public static Map<String, String> entries() {
        return ALL;
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
