package svasim.cpu;

import java.util.function.Consumer;

/** A function that another core runs when an interrupt reaches it (smp_call_function_single). */
public final class CrossCall implements Interruption {
    private final Consumer<Core> function;
    private boolean done;

    CrossCall(Consumer<Core> function) {
        this.function = function;
    }

    @Override
    public void arrive(Core core) {
        function.accept(core);
        done = true;
    }

    @Override
    public boolean isTakenBySoftware() {
        return true;
    }

    /** Whether the other core has run the function. */
    public boolean isDone() {
        return done;
    }
}
