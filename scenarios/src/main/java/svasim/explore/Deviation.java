package svasim.explore;

/**
 * One answer that differs from the plain run.
 *
 * @param answer 1 or more
 */
public record Deviation(Place place, int answer) {
    /** Another answer at the same place. */
    Deviation with(int other) {
        return new Deviation(place, other);
    }

    /** As {@link Schedule#parse} reads it. */
    @Override
    public String toString() {
        return place + "=" + answer;
    }
}
