package svasim.units;

/** A span of simulated time; never negative. Written with its unit: {@code "25ns"}. */
public record Picoseconds(long value) implements Comparable<Picoseconds> {
    public static final long PER_NANOSECOND = 1_000L;
    public static final long PER_MICROSECOND = 1_000_000L;
    public static final long PER_MILLISECOND = 1_000_000_000L;
    public static final long PER_SECOND = 1_000_000_000_000L;

    /** What a reader of configuration should have found where this type is wanted. */
    public static final String EXPECTED =
            "a time with its unit (ps, ns, us, ms, s), such as \"25ns\"";

    private static final Scale SCALE =
            new Scale(EXPECTED)
                    .unit("ps", 1)
                    .unit("ns", PER_NANOSECOND)
                    .unit("us", PER_MICROSECOND)
                    .unit("ms", PER_MILLISECOND)
                    .unit("s", PER_SECOND);

    public Picoseconds {
        if (value < 0) {
            throw new IllegalArgumentException("negative time: " + value + " ps");
        }
    }

    public static Picoseconds ofNanos(long nanos) {
        return new Picoseconds(Math.multiplyExact(nanos, PER_NANOSECOND));
    }

    public static Picoseconds ofMicros(long micros) {
        return new Picoseconds(Math.multiplyExact(micros, PER_MICROSECOND));
    }

    /**
     * @throws IllegalArgumentException if the text is no time, has no unit or is finer than 1 ps
     */
    public static Picoseconds parse(String text) {
        return new Picoseconds(SCALE.parse(text));
    }

    @Override
    public int compareTo(Picoseconds other) {
        return Long.compare(value, other.value);
    }

    /**
     * The shortest exact form, for example {@code 1500ps} or {@code 2us}; {@link #parse} reads it.
     */
    @Override
    public String toString() {
        return SCALE.format(value);
    }
}
