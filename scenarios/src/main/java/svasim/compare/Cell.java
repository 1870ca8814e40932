package svasim.compare;

/**
 * How often something happened on one machine, and the sum of what is measured of it.
 *
 * @param sum picoseconds or bytes, see {@link Section#unit}
 */
record Cell(long count, long sum) {
    Cell plus(long more) {
        return new Cell(count + 1, sum + more);
    }

    Cell plus(Cell other) {
        return new Cell(count + other.count, sum + other.sum);
    }

    /** Nothing happened. */
    static final Cell NONE = new Cell(0, 0);
}
