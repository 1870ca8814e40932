package svasim.validate.page;

import java.util.ArrayList;
import java.util.List;

/** From numbers to places on an axis, even or logarithmic (base 2, for sizes). */
final class Scale {
    private static final int MOST_TICKS = 6;
    private static final double ROOM = 0.06;

    private final double low;
    private final double high;
    private final double from;
    private final double to;
    private final boolean logarithmic;

    private Scale(double low, double high, double from, double to, boolean logarithmic) {
        this.low = low;
        this.high = high;
        this.from = from;
        this.to = to;
        this.logarithmic = logarithmic;
    }

    /** Even, with some room at both ends, but none below zero for numbers above it. */
    static Scale even(double least, double most, double from, double to) {
        double span = most > least ? most - least : Math.max(Math.abs(most), 1);
        double low = least - ROOM * span;
        return new Scale(least >= 0 ? Math.max(0, low) : low, most + ROOM * span, from, to, false);
    }

    static Scale logarithmic(double least, double most, double from, double to) {
        double high = most > least ? most : 2 * least;
        return new Scale(log2(least), log2(high), from, to, true);
    }

    double at(double number) {
        double place = logarithmic ? log2(number) : number;
        return from + (place - low) / (high - low) * (to - from);
    }

    /** Round numbers of an even axis. */
    List<Double> ticks() {
        double rough = (high - low) / MOST_TICKS;
        double decade = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = decade;
        for (double factor : new double[] {1, 2, 5, 10}) {
            step = factor * decade;
            if (step >= rough) {
                break;
            }
        }
        List<Double> ticks = new ArrayList<>();
        for (long i = (long) Math.ceil(low / step - 1e-9); i * step <= high; i++) {
            ticks.add(i * step);
        }
        return ticks;
    }

    private static double log2(double number) {
        return Math.log(number) / Math.log(2);
    }
}
