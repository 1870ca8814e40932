package svasim.explore;

/**
 * Where a run left the plain run.
 *
 * @param before observations that had been made
 * @param cause observation that led to the question, or 0
 */
record Mark(Place place, int answer, int before, long cause, long timePs) {
    /** By how much something is late; 0 where it is not a matter of time. */
    long delayPs() {
        return place.site().delayPs(answer);
    }
}
