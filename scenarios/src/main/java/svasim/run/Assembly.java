package svasim.run;

import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;

/** Builds the machine that a scenario describes. */
@FunctionalInterface
public interface Assembly {
    /**
     * A machine that has not started yet.
     *
     * @param seed of every random stream
     * @param choices answers of every choice point
     * @throws svasim.binding.InvalidInput if the parts do not fit together; see {@link
     *     BoundScenario#mistake}
     */
    Simulation assemble(BoundScenario scenario, long seed, Choices choices);
}
