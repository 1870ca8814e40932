package svasim.explore;

/** Answers the choice points of one run. */
@FunctionalInterface
interface Answers {
    /**
     * @param occurrence how often the source has asked before, from 0
     * @param options number of possible answers, at least 1
     * @return 0 to {@code options - 1}; 0 is the plain run's answer
     */
    int at(Source source, long occurrence, int options);
}
