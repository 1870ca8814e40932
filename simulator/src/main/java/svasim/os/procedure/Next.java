package svasim.os.procedure;

import svasim.cpu.Retirement;

/** What a task does after a step. */
public sealed interface Next {
    /** Goes on with the following step; behind the last step the call is over. */
    Next ON = new Simple("on");

    /** The call is over. */
    Next DONE = new Simple("done");

    /** Runs the same step again, after its cost. */
    Next AGAIN = new Simple("again");

    /** One of the constants above. */
    record Simple(String name) implements Next {}

    /** Goes on with another step of the same procedure. */
    record Jump(String step) implements Next {}

    /** Runs another procedure, then the following step. */
    record Enter(Call<?> call) implements Next {}

    /** Runs another procedure, then the same step again. */
    record EnterAgain(Call<?> call) implements Next {}

    /**
     * Runs the same step again when the queue is woken; the step looks anew whether it may go on.
     */
    record Wait(WaitQueue queue) implements Next {}

    /** Goes on with the following step after a time off the core. */
    record Sleep(long ps) implements Next {}

    /** Keeps the core until an instruction has ended; then the following step. */
    record Stall(Retirement until) implements Next {}

    static Next stall(Retirement until) {
        return new Stall(until);
    }

    static Next jump(String step) {
        return new Jump(step);
    }

    static <G> Next call(Procedure<G> procedure, G frame) {
        return new Enter(new Call<>(procedure, frame));
    }

    static Next call(Call<?> call) {
        return new Enter(call);
    }

    static Next await(WaitQueue queue) {
        return new Wait(queue);
    }

    static Next sleep(long ps) {
        return new Sleep(ps);
    }
}
