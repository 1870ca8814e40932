package svasim.binding;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes a plain tree as YAML in block style. */
public final class YamlText {
    /** What can stand without quotation marks and is read as a text again. */
    private static final Pattern SAFE = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");

    /** A number and its unit, which no reader takes for a number. */
    private static final Pattern QUANTITY = Pattern.compile("[0-9]+(ps|ns|us|ms|s|B|[KMGT]iB)");

    private static final Pattern WORD =
            Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n|inf|nan");

    private static final char FIRST_SPECIAL = 0x7F;
    private static final char LAST_LATIN_CONTROL = 0xA0;
    private static final char LINE_SEPARATOR = 0x2028;
    private static final char PARAGRAPH_SEPARATOR = 0x2029;
    private static final char BYTE_ORDER_MARK = 0xFEFF;
    private static final char LAST_PLAIN = 0xFFFD;

    private final StringBuilder text = new StringBuilder();

    private YamlText() {}

    /** The tree as lines; ends with a line end. */
    public static String of(Object plain) {
        YamlText writer = new YamlText();
        writer.write(plain, 0, false);
        return writer.text.toString();
    }

    /**
     * @param inline whether something stands before it on the line
     */
    private void write(Object value, int indent, boolean inline) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            writeMap(map, indent, inline);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            writeList(list, indent, inline);
        } else {
            text.append(inline ? " " : "").append(scalar(value)).append('\n');
        }
    }

    private void writeMap(Map<?, ?> map, int indent, boolean inline) {
        boolean first = true;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            text.append(first ? inline ? "\n" : "" : "").append(" ".repeat(indent));
            text.append(quoted(entry.getKey().toString())).append(':');
            write(entry.getValue(), indent + 2, true);
            first = false;
        }
    }

    private void writeList(List<?> list, int indent, boolean inline) {
        text.append(inline ? "\n" : "");
        for (Object item : list) {
            text.append(" ".repeat(indent)).append('-');
            write(item, indent + 2, true);
        }
    }

    private static String scalar(Object value) {
        if (value instanceof String string) {
            return quoted(string);
        }
        if (value instanceof Map) {
            return "{}";
        }
        if (value instanceof List) {
            return "[]";
        }
        return value instanceof Plain.Literal literal ? literal.text() : value.toString();
    }

    private static String quoted(String string) {
        boolean bare =
                QUANTITY.matcher(string).matches()
                        || SAFE.matcher(string).matches() && !WORD.matcher(string).matches();
        return bare ? string : escaped(JsonText.quoted(string));
    }

    /** Characters that YAML does not allow are written by their number. */
    private static String escaped(String quoted) {
        StringBuilder escaped = new StringBuilder();
        for (char c : quoted.toCharArray()) {
            if (c < FIRST_SPECIAL
                    || c > LAST_LATIN_CONTROL
                            && Character.isDefined(c)
                            && c < LAST_PLAIN
                            && !isMark(c)) {
                escaped.append(c);
            } else {
                escaped.append(String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }

    private static boolean isMark(char c) {
        return c == LINE_SEPARATOR || c == PARAGRAPH_SEPARATOR || c == BYTE_ORDER_MARK;
    }
}
