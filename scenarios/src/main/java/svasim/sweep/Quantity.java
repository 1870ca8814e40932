package svasim.sweep;

import java.util.Collection;

/** Values of an axis as numbers, for a picture. */
final class Quantity {
    private Quantity() {}

    /** In the smallest unit; null if it is no number. */
    static Number number(String text) {
        for (Range.Scale scale : Range.Scale.values()) {
            Long value = scale.read(text);
            if (value != null) {
                return value;
            }
        }
        try {
            double value = Double.parseDouble(text.replaceFirst("\\s*%$", ""));
            return Double.isFinite(value) ? value : null;
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** {@code B}, {@code ps} or {@code B/s} if all values are of this kind; empty else. */
    static String unit(Collection<String> values) {
        for (Range.Scale scale : Range.Scale.values()) {
            if (values.stream().allMatch(value -> scale.read(value) != null)) {
                return scale.unit();
            }
        }
        return "";
    }
}
