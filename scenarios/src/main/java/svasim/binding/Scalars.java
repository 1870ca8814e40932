package svasim.binding;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Single values: texts, numbers, truth values, names of an enum, quantities with a unit. */
final class Scalars {
    private static final int MAX_DIGITS = 40;

    /** A type and what it is called in a message. */
    private record Reader(String expected, Function<Node.Scalar, Object> read) {}

    private static final Map<Class<?>, Reader> READERS =
            Map.of(
                    String.class, new Reader("a text", Node.Scalar::text),
                    Integer.class, new Reader("a whole number", s -> (int) whole(s, 31)),
                    Long.class, new Reader("a whole number", s -> whole(s, 63)),
                    Double.class, new Reader("a number", Scalars::real),
                    Boolean.class, new Reader("true or false", Scalars::truth));

    private Scalars() {}

    /** Whether values of the type are single values. */
    static boolean covers(Class<?> type) {
        return READERS.containsKey(type) || type.isEnum() || Shape.isQuantity(type);
    }

    /** What stands where the type is wanted, in words. */
    static String expected(Class<?> type) {
        if (type.isEnum()) {
            return "one of " + String.join(", ", names(type));
        }
        Reader reader = READERS.get(type);
        return reader == null ? Shape.expected(type) : reader.expected();
    }

    /**
     * @throws IllegalArgumentException if the text is no value of the type
     */
    static Object read(Node.Scalar scalar, Class<?> type) {
        if (scalar.form() == Node.Form.NULL) {
            throw new IllegalArgumentException("nothing given");
        }
        if (type.isEnum()) {
            return constant(scalar.text(), type);
        }
        Reader reader = READERS.get(type);
        return reader == null ? Shape.parse(type, scalar.text()) : reader.read().apply(scalar);
    }

    static List<String> names(Class<?> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(constant -> Names.kebab(((Enum<?>) constant).name()))
                .toList();
    }

    private static Object constant(String text, Class<?> type) {
        int index = names(type).indexOf(text);
        if (index < 0) {
            throw new IllegalArgumentException("no such name");
        }
        return type.getEnumConstants()[index];
    }

    /** Decimal, or hexadecimal with {@code 0x}. */
    private static long whole(Node.Scalar scalar, int bits) {
        String text = scalar.text();
        if (scalar.form() != Node.Form.PLAIN && !text.startsWith("0x")
                || text.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("no number");
        }
        long value = Long.decode(text.matches("0+[0-9]+") ? "x" : text);
        if (value >> bits != value >> Long.SIZE - 1) {
            throw new IllegalArgumentException("too large");
        }
        return value;
    }

    private static Object real(Node.Scalar scalar) {
        if (scalar.form() != Node.Form.PLAIN || scalar.text().length() > MAX_DIGITS) {
            throw new IllegalArgumentException("no number");
        }
        double value = Double.parseDouble(scalar.text());
        if (Double.isInfinite(value) || Double.isNaN(value)) {
            throw new IllegalArgumentException("too large");
        }
        return value;
    }

    private static Object truth(Node.Scalar scalar) {
        return switch (scalar.text()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("neither");
        };
    }
}
