package svasim.os.task;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** A call on a task's stack: the procedure, its variables, and the step that comes next. */
final class Activation<F> {
    private final Call<F> call;
    private int position;

    /** The present step runs again after a wait or a poll; it was told before. */
    private boolean repeated;

    Activation(Call<F> call) {
        this.call = call;
    }

    /** Variables of the call. */
    Object frame() {
        return call.frame();
    }

    boolean isOver() {
        return position >= call.procedure().lines().size();
    }

    Procedure.Line<F> line() {
        return call.procedure().lines().get(position);
    }

    Next run(Cpu cpu) {
        return line().step().run(call.frame(), cpu);
    }

    boolean isRepeated() {
        return repeated;
    }

    void repeat() {
        repeated = true;
    }

    void advance() {
        moveTo(position + 1);
    }

    void jump(String step) {
        moveTo(call.procedure().indexOf(step));
    }

    void finish() {
        moveTo(call.procedure().lines().size());
    }

    private void moveTo(int step) {
        position = step;
        repeated = false;
    }
}
