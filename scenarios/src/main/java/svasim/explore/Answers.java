package svasim.explore;

/** Answers the choice points of one run. */
@FunctionalInterface
interface Answers {
    /**
     * @param options number of possible answers, at least 1
     * @return 0 to {@code options - 1}; 0 is the plain run's answer
     */
    int at(Place place, int options);
}
