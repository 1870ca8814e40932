package svasim.report;

import java.math.BigDecimal;

/**
 * A number that was measured.
 *
 * @param value the number, or its mean over seeds
 * @param half half of the width of the interval that holds the true mean with 95 %; 0 for a number
 *     of one run
 */
public record Reading(BigDecimal value, BigDecimal half) {
    /** Of one run. */
    public static Reading exact(long value) {
        return new Reading(BigDecimal.valueOf(value), BigDecimal.ZERO);
    }

    /** Whether both may be the same number, as far as their intervals tell. */
    public boolean mayBe(Reading other) {
        BigDecimal apart = value.subtract(other.value).abs();
        return apart.compareTo(half.add(other.half)) <= 0;
    }

    /** As few digits as tell it. */
    public String text() {
        return plain(value) + (half.signum() == 0 ? "" : " +-" + plain(half));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
