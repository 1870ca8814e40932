package svasim.os.procedure;

import svasim.cpu.Cpu;

/**
 * The effect of one named step, all of it at the step's start; the step's cost passes after it.
 * Captures nothing: all variables are in the frame.
 *
 * @param <F> variables of the procedure
 */
@FunctionalInterface
public interface Step<F> {
    Next run(F frame, Cpu cpu);
}
