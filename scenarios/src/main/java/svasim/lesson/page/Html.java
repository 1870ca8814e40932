package svasim.lesson.page;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Escapes, and templates whose {@code {{names}}} are filled in. */
public final class Html {
    private static final Pattern NAME = Pattern.compile("\\{\\{([a-z]+)}}");

    private Html() {}

    /** Text that stays text, between tags and in quoted attributes. */
    public static String text(String plain) {
        return plain.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    /** JSON that no parser of HTML takes for a tag; a JSON string reads the same. */
    static String json(String json) {
        return json.replace("<", "\\u003c")
                .replace("\u2028", "\\u2028")
                .replace("\u2029", "\\u2029");
    }

    /** Puts values, which are escaped already, into a template; a value is not searched again. */
    public static String fill(String template, Map<String, String> values) {
        return NAME.matcher(template)
                .replaceAll(
                        found -> {
                            String value = values.get(found.group(1));
                            if (value == null) {
                                throw new IllegalStateException("nothing for " + found.group());
                            }
                            return Matcher.quoteReplacement(value);
                        });
    }
}
