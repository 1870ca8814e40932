package svasim.scenario;

/** A share, written with its sign: {@code "2%"}. */
public record Percent(double value) {
    public static final String EXPECTED = "a share with its sign, such as \"2%\"";

    /**
     * @throws IllegalArgumentException if the text is no share from 0 % up
     */
    public static Percent parse(String text) {
        if (!text.matches("[0-9]{1,9}(\\.[0-9]{1,9})?\\s*%")) {
            throw new IllegalArgumentException("expected " + EXPECTED);
        }
        return new Percent(Double.parseDouble(text.substring(0, text.length() - 1).trim()));
    }

    @Override
    public String toString() {
        return value == Math.rint(value) ? (long) value + "%" : value + "%";
    }
}
