package svasim.bench.micro;

/** How far ahead the hold model schedules: 4 096 equally likely increments, in ticks. */
final class Increments {
    private static final int ENTRIES = 4096;
    private static final double MEAN = 1 << 20;
    private static final int NEAR = 3686;

    private Increments() {}

    /** Quantiles of the exponential distribution with mean 2^20. */
    static long[] exponential() {
        long[] table = new long[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            table[i] = Math.max(1, (long) Math.floor(-Math.log((i + 0.5) / ENTRIES) * MEAN + 0.5));
        }
        return table;
    }

    /** Nine of ten within 2 048 ticks, the others from 2^20 to 2^24. */
    static long[] bimodal() {
        long[] table = new long[ENTRIES];
        for (int i = 0; i < NEAR; i++) {
            table[i] = 1 + 2048L * i / NEAR;
        }
        for (int i = NEAR; i < ENTRIES; i++) {
            table[i] = (1L << 20) + (i - NEAR) * (15L << 20) / (ENTRIES - NEAR);
        }
        return table;
    }
}
