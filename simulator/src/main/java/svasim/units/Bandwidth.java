package svasim.units;

import java.math.BigInteger;

/** A data rate in bytes per second; always positive. Written with its unit: {@code "30GB/s"}. */
public record Bandwidth(long bytesPerSecond) {
    /** What a reader of configuration should have found where this type is wanted. */
    public static final String EXPECTED =
            "a rate with its unit (B/s, kB/s, MB/s, GB/s), such as \"30GB/s\"";

    /** Bytes from which on their number times the picoseconds of a second exceeds a long. */
    private static final long PRODUCT_FITS = Long.MAX_VALUE / Picoseconds.PER_SECOND;

    private static final Scale SCALE =
            new Scale(EXPECTED)
                    .unit("B/s", 1)
                    .unit("kB/s", 1_000L)
                    .unit("MB/s", 1_000_000L)
                    .unit("GB/s", 1_000_000_000L);

    public Bandwidth {
        if (bytesPerSecond <= 0) {
            throw new IllegalArgumentException("no rate: " + bytesPerSecond + " B/s");
        }
    }

    /**
     * @throws IllegalArgumentException if the text is no rate or has no unit
     */
    public static Bandwidth parse(String text) {
        return new Bandwidth(SCALE.parse(text));
    }

    /** Time that the bytes take at this rate, in picoseconds, rounded up. */
    public long transferPs(long bytes) {
        if (bytes < PRODUCT_FITS) {
            return divideUp(bytes * Picoseconds.PER_SECOND, bytesPerSecond);
        }
        return BigInteger.valueOf(bytes)
                .multiply(BigInteger.valueOf(Picoseconds.PER_SECOND))
                .add(BigInteger.valueOf(bytesPerSecond - 1))
                .divide(BigInteger.valueOf(bytesPerSecond))
                .longValueExact();
    }

    private static long divideUp(long dividend, long divisor) {
        long quotient = dividend / divisor;
        return quotient * divisor == dividend ? quotient : quotient + 1;
    }

    /** The shortest exact form, for example {@code 30GB/s}; {@link #parse} reads it. */
    @Override
    public String toString() {
        return SCALE.format(bytesPerSecond);
    }
}
