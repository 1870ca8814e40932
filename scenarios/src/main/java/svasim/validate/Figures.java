package svasim.validate;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers as people read them: four digits that count. */
public final class Figures {
    private static final MathContext DIGITS = new MathContext(4);

    private Figures() {}

    static String with(double number, String unit) {
        return (of(number) + ' ' + unit).trim();
    }

    static String range(Expected bounds, String unit) {
        if (Double.isInfinite(bounds.high())) {
            return ">= " + with(bounds.low(), unit);
        }
        return bounds.low() == 0
                ? "<= " + with(bounds.high(), unit)
                : of(bounds.low()) + ".." + with(bounds.high(), unit);
    }

    /** Whole from 1000 on, so that nothing is hidden of what was published. */
    public static String of(double number) {
        if (!Double.isFinite(number)) {
            return Double.toString(number);
        }
        if (Math.abs(number) >= 1000) {
            return Long.toString(Math.round(number));
        }
        BigDecimal rounded = new BigDecimal(number).round(DIGITS).stripTrailingZeros();
        return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
}
