package svasim.kernel;

/**
 * SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number Generators, OOPSLA 2014): one
 * stream per name, so that a new user of random numbers changes nobody else's.
 */
public final class RandomStream {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public RandomStream(long seed) {
        state = seed;
    }

    /** The stream of this name under this seed; the same on every machine. */
    static RandomStream named(long seed, String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = mix(mixed + GOLDEN + name.charAt(i));
        }
        return new RandomStream(mixed);
    }

    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Uniform in 0 to {@code bound - 1}; the bias of less than bound / 2^64 is accepted. */
    public long below(long bound) {
        if (bound <= 0) {
            throw new IllegalArgumentException("no number below " + bound);
        }
        long random = next();
        return Math.multiplyHigh(random, bound) + (random >> 63 & bound);
    }

    private static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
