package svasim.run;

import svasim.kernel.Choices;
import svasim.scenario.BoundScenario;

/** Assembles the simulator's machine. */
public final class MachineAssembly implements Assembly {
    @Override
    public Simulation assemble(BoundScenario scenario, long seed, Choices choices) {
        throw new IllegalStateException("no machine yet");
    }
}
