package svasim.explore;

/**
 * What a run asked at a choice point, and what it was answered.
 *
 * @param options number of possible answers
 * @param answer 0 is the plain run's
 */
record Question(Place place, int options, int answer) {
    /** Another answer to it. */
    Deviation deviation(int other) {
        return new Deviation(place, other);
    }
}
