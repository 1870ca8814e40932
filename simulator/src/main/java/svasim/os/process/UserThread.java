package svasim.os.process;

import java.util.Iterator;
import svasim.cpu.Cpu;
import svasim.os.file.Job;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.os.reference.Node;
import svasim.os.task.Task;
import svasim.os.task.TaskWork;

/** A thread of a process: runs its program step by step, then leaves. */
public final class UserThread implements Job.Waiting {
    private static final Procedure<UserThread> MAIN =
            Procedure.<UserThread>named("thread")
                    .sleeping("start", 500_000, UserThread::setUp)
                    .sleeping("wait for set-up", 10_000, UserThread::awaitSetUp)
                    .sleeping("next step", 5_000, UserThread::nextStep)
                    .sleeping("exit", 0, UserThread::exit)
                    .build();

    private static final Procedure<UserThread> STEP =
            Procedure.<UserThread>named("program")
                    .sleeping("step", 0, UserThread::runStep)
                    .sleeping("exit_to_user_mode", 40_000, UserThread::toUserMode)
                    .build();

    private final String name;
    private final Task task;
    private final Node node;
    private Process process;
    private Iterator<Step> steps;
    private boolean leaving;

    UserThread(String name, Process process, Task task, Program program) {
        this.name = name;
        this.process = process;
        this.task = task;
        this.node = process.services().platform().references().node(task.name());
        this.steps = program.steps().iterator();
    }

    /** Uses the address space and the files of its process from now on. */
    void join() {
        task.space(process.mm().id());
        process.mm().getUsers(node);
        process.files().addUser();
        process.add(this);
    }

    /** Name within its process. */
    public String name() {
        return name;
    }

    public Process process() {
        return process;
    }

    public Task task() {
        return task;
    }

    Node node() {
        return node;
    }

    Call<?> main() {
        return new Call<>(MAIN, this);
    }

    @Override
    public boolean signalPending() {
        return process.isKilled() || leaving;
    }

    /** The thread has nothing more to do in user mode. */
    void leave() {
        leaving = true;
    }

    private Next setUp(Cpu cpu) {
        boolean first = process.threads().get(0) == this;
        return first ? Next.call(SetUp.call(process)) : Next.ON;
    }

    private Next awaitSetUp(Cpu cpu) {
        return process.isSetUp() || signalPending() ? Next.ON : Next.await(process.ready());
    }

    /** exec: the thread goes on as the first of another process. */
    void become(Process next, Program program) {
        process = next;
        steps = program.steps().iterator();
        task.space(next.mm().id());
        next.add(this);
    }

    private Next nextStep(Cpu cpu) {
        if (process.isStopped()) {
            return Next.await(process.continued());
        }
        boolean over = signalPending() || !steps.hasNext();
        return over ? Next.ON : new Next.EnterAgain(new Call<>(STEP, this));
    }

    private Next runStep(Cpu cpu) {
        return Next.call(StepCalls.call(steps.next(), this));
    }

    private Next toUserMode(Cpu cpu) {
        return Next.call(TaskWork.onReturn(task));
    }

    private Next exit(Cpu cpu) {
        return Next.call(DoExit.call(this));
    }
}
