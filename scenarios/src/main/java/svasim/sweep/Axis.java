package svasim.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import svasim.binding.InvalidInput;
import svasim.binding.Place;

/**
 * One key and the values that it takes: a list with commas, each item a value or a range.
 *
 * @param key path with dots
 * @param values in the order they were given, each once
 */
public record Axis(String key, List<String> values) {
    /** What a user has to write. */
    static final String EXPECTED =
            "key=value,value... or key=first..last, ..last+step, ..last*factor";

    public Axis {
        values = List.copyOf(values);
    }

    /**
     * @param text as on the command line: {@code key=values}
     * @throws InvalidInput if it is no such thing
     */
    public static Axis parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new InvalidInput(
                    Place.whole("-p " + text), "", "no \"=\"", "expected " + EXPECTED);
        }
        String key = text.substring(0, equals);
        return new Axis(key, values("-p " + key, text.substring(equals + 1)));
    }

    /**
     * @param option name for messages
     * @param text items with commas
     */
    static List<String> values(String option, String text) {
        Set<String> values = new LinkedHashSet<>();
        for (String item : items(text)) {
            if (item.isEmpty()) {
                throw new InvalidInput(
                        Place.whole(option), "", "an empty value", "expected " + EXPECTED);
            }
            values.addAll(Range.isRange(item) ? Range.parse(option, item).values() : List.of(item));
        }
        return List.copyOf(values);
    }

    /** Splits at commas that stand in no brackets and no quotation marks. */
    private static List<String> items(String text) {
        List<String> items = new ArrayList<>();
        int depth = 0;
        char quote = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '[' || c == '{') {
                depth++;
            } else if (c == ']' || c == '}') {
                depth--;
            } else if (c == ',' && depth == 0) {
                items.add(text.substring(from, i).strip());
                from = i + 1;
            }
        }
        items.add(text.substring(from).strip());
        return items;
    }
}
