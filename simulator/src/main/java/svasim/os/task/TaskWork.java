package svasim.os.task;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** Runs what was put off to the end of a task's system call, for example deferred fputs. */
public final class TaskWork {
    private static final long LOOK_PS = 20_000;

    private static final Procedure<TaskWork> RUN =
            Procedure.<TaskWork>named("task_work_run")
                    .sleeping("next work", LOOK_PS, TaskWork::next)
                    .build();

    private final Task task;
    private final boolean last;

    private TaskWork(Task task, boolean last) {
        this.task = task;
        this.last = last;
    }

    /** What a task does when it returns to user space. */
    public static Call<?> onReturn(Task task) {
        return new Call<>(RUN, new TaskWork(task, false));
    }

    /** What a task does when it exits; afterwards it takes no more. */
    public static Call<?> onExit(Task task) {
        return new Call<>(RUN, new TaskWork(task, true));
    }

    private Next next(Cpu cpu) {
        Call<?> work = task.nextTaskWork();
        if (work != null) {
            return new Next.EnterAgain(work);
        }
        if (last) {
            task.refuseTaskWork();
        }
        return Next.DONE;
    }
}
