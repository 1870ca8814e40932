package svasim.sweep;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import svasim.binding.InvalidInput;
import svasim.binding.Place;
import svasim.units.Bandwidth;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/**
 * Whole numbers or quantities from a first to a last one, which belongs to it if it is met: {@code
 * 1..64*2}, {@code 100ns..1us+100ns}, {@code 1..4}.
 *
 * @param scale how a value is written
 * @param first in the smallest unit
 * @param last in the smallest unit
 * @param step added each time; 0 if there is a factor
 * @param factor multiplied with each time; the product is rounded to the smallest unit
 */
record Range(Scale scale, long first, long last, long step, BigDecimal factor) {
    private static final int MOST = 1_000_000;
    private static final String EXPECTED =
            "expected first..last, first..last+step or first..last*factor with first <= last,"
                    + " step > 0, factor > 1, all of one kind: 1..64*2, 4KiB..64MiB*2, 1us..9us+2us";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<first>[^.\"']+(\\.\\d[^.]*)?)\\.\\.(?<last>[^+*]+)"
                            + "((?<sign>[+*])(?<by>.+))?");

    /** Kinds of values that can be counted through. */
    enum Scale {
        WHOLE(Long::parseLong, Long::toString, ""),
        BYTES(t -> ByteSize.parse(t).bytes(), v -> new ByteSize(v).toString(), "B"),
        TIME(t -> Picoseconds.parse(t).value(), v -> new Picoseconds(v).toString(), "ps"),
        RATE(t -> Bandwidth.parse(t).bytesPerSecond(), v -> new Bandwidth(v).toString(), "B/s");

        private final ToLongFunction<String> read;
        private final LongFunction<String> write;
        private final String unit;

        Scale(ToLongFunction<String> read, LongFunction<String> write, String unit) {
            this.read = read;
            this.write = write;
            this.unit = unit;
        }

        /** Null if it is written in another way. */
        Long read(String text) {
            try {
                return read.applyAsLong(text.strip());
            } catch (IllegalArgumentException | ArithmeticException e) {
                return null;
            }
        }

        String write(long value) {
            return write.apply(value);
        }

        /** Step of a range that names none: one, or one of the unit of its first value. */
        String step(String first) {
            return 1 + first.strip().replaceFirst("^-?[0-9.]+", "");
        }

        /** The smallest one. */
        String unit() {
            return unit;
        }
    }

    static boolean isRange(String text) {
        boolean literal = text.startsWith("\"") || text.startsWith("'") || text.startsWith("[");
        return !literal && !text.startsWith("{") && text.contains("..");
    }

    static Range parse(String option, String text) {
        Matcher form = FORM.matcher(text);
        if (form.matches()) {
            for (Scale scale : Scale.values()) {
                Range range = of(scale, form);
                if (range != null) {
                    return range;
                }
            }
        }
        throw new InvalidInput(Place.whole(option), "", "\"" + text + "\" is no range", EXPECTED);
    }

    private static Range of(Scale scale, Matcher form) {
        Long first = scale.read(form.group("first"));
        Long last = scale.read(form.group("last"));
        if (first == null || last == null || first > last) {
            return null;
        }
        if ("*".equals(form.group("sign"))) {
            BigDecimal factor = factor(form.group("by"));
            boolean grows = factor != null && factor.compareTo(BigDecimal.ONE) > 0 && first > 0;
            return grows ? new Range(scale, first, last, 0, factor).bounded() : null;
        }
        String by = form.group("by");
        Long step = scale.read(by == null ? scale.step(form.group("first")) : by);
        return step == null || step <= 0
                ? null
                : new Range(scale, first, last, step, BigDecimal.ONE).bounded();
    }

    private static BigDecimal factor(String text) {
        try {
            return new BigDecimal(text.strip());
        } catch (NumberFormatException e) {
            return null;
        }
    }

    /** Null if it has more values than anybody can want. */
    private Range bounded() {
        if (last - first < 0) {
            return null;
        }
        double more =
                step > 0
                        ? (last - first) / step
                        : Math.log((double) last / first) / Math.log(factor.doubleValue());
        return more < MOST ? this : null;
    }

    /** The values, each once; a factor that rounds to the same value goes on to the next. */
    List<String> values() {
        List<String> values = new ArrayList<>();
        BigDecimal exact = BigDecimal.valueOf(first);
        BigDecimal add = BigDecimal.valueOf(step);
        BigDecimal end = BigDecimal.valueOf(last);
        long before = first - 1;
        while (exact.compareTo(end) <= 0) {
            long value = exact.setScale(0, RoundingMode.HALF_UP).longValueExact();
            if (value != before) {
                values.add(scale.write(value));
                before = value;
            }
            exact = exact.multiply(factor, MathContext.DECIMAL64).add(add);
        }
        return values;
    }
}
