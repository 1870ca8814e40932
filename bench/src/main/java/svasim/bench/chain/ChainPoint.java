package svasim.bench.chain;

/**
 * One point to be measured.
 *
 * @param invariants whether the checker holds them against the run
 * @param trace whether a listener takes every observation, besides
 */
public record ChainPoint(ChainPattern pattern, ChainUnit unit, boolean invariants, boolean trace) {}
