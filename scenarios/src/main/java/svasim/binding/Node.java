package svasim.binding;

import java.util.List;
import java.util.Map;

/** A located piece of a file. */
public sealed interface Node {
    Place place();

    /** What a reader would call it: "a text", "a list" ... */
    String describe();

    /** How a scalar was written. */
    enum Form {
        /** A number or a truth value, without quotation marks. */
        PLAIN,
        /** Anything else, and all that stands in quotation marks. */
        TEXT,
        /** Nothing, {@code ~} or {@code null}. */
        NULL
    }

    /** A single value, as written. */
    record Scalar(Place place, String text, Form form) implements Node {
        private static final int SHOWN = 40;

        @Override
        public String describe() {
            if (form == Form.NULL) {
                return "nothing";
            }
            return "\"" + (text.length() > SHOWN ? text.substring(0, SHOWN) + "..." : text) + "\"";
        }
    }

    /** A list. */
    record Sequence(Place place, List<Node> items) implements Node {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Keys and values in the order of the file. */
    record Mapping(Place place, Map<String, Entry> entries) implements Node {
        @Override
        public String describe() {
            return "a map";
        }

        /** The value of a key, or null. */
        public Node get(String key) {
            Entry entry = entries.get(key);
            return entry == null ? null : entry.value();
        }
    }

    /** A value and the place of its key. */
    record Entry(Place key, Node value) {}
}
