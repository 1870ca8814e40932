package svasim.stats;

/** Counts something. */
public final class Counter {
    private long value;

    public void increment() {
        value++;
    }

    public void add(long amount) {
        value += amount;
    }

    public long value() {
        return value;
    }
}
