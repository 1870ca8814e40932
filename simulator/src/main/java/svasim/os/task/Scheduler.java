package svasim.os.task;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cores;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Makes tasks, and brings those that can run onto cores. */
public final class Scheduler implements EventHandler {
    private static final Site WAKE_UP = Site.lateness("os.wakeup", 20_000_000L, 400_000_000L);
    private static final Site GRACE_PERIOD = Site.lateness("os.grace", 20_000_000L, 400_000_000L);

    private static final Priority[] PRIORITIES = Priority.values();

    private static final int WAKE = 0;
    private static final int READY = 1;

    private final Kernel kernel;
    private final Trace trace;
    private final SchedulerConfig config;
    private final List<CoreRunner> runners = new ArrayList<>();
    private final List<Task> tasks = new ArrayList<>();
    private StepOrder order = StepOrder.NONE;
    private Task current;
    private boolean stopped;

    public Scheduler(SchedulerConfig config, Kernel kernel, Trace trace, Cores cores) {
        this.config = config;
        this.kernel = kernel;
        this.trace = trace;
        for (int i = 0; i < cores.count(); i++) {
            runners.add(new CoreRunner(cores.get(i), kernel, trace, this));
        }
    }

    SchedulerConfig config() {
        return config;
    }

    /** Steps are to come in this order; before the first one runs. */
    public void order(StepOrder wanted) {
        order = wanted;
    }

    /** The order that was wanted. */
    public StepOrder order() {
        return order;
    }

    /** No task begins a step from now on, as when a virtual machine is stopped. */
    public void stop() {
        stopped = true;
    }

    /** Tasks go on where they were. */
    public void goOn() {
        stopped = false;
        runners.forEach(CoreRunner::goOn);
    }

    boolean isStopped() {
        return stopped;
    }

    /** A new task; it runs after {@link #start}. */
    public Task task(String name, Priority priority) {
        Task task = new Task(tasks.size(), name, trace.lane(name), priority, this);
        task.lastCore(tasks.size() % runners.size());
        tasks.add(task);
        return task;
    }

    /** Has the task run a call, from now on. */
    public void start(Task task, Call<?> body) {
        trace.tell(Kind.TASK_STARTED, task.lane(), task.id(), task.space(), 0, task.name());
        task.push(body);
        enqueue(task);
    }

    /** A new task that runs a call at once. */
    public Task start(String name, Priority priority, Call<?> body) {
        Task task = task(name, priority);
        start(task, body);
        return task;
    }

    /**
     * The task whose step is taking effect now.
     *
     * @throws IllegalStateException outside of steps
     */
    public Task current() {
        if (current == null) {
            throw new IllegalStateException("scheduler: no step runs now");
        }
        return current;
    }

    /** Called around the effect of each step, with the task before and null after it. */
    void current(Task task) {
        current = task;
    }

    /** All tasks ever made, in that order. */
    public List<Task> tasks() {
        return List.copyOf(tasks);
    }

    /** Waits for a grace period; lateness is a choice point. */
    public Next gracePeriod() {
        long late = kernel.lateness(GRACE_PERIOD, current().lane());
        return Next.sleep(config.gracePeriod().value() + late);
    }

    /**
     * Ends the wait of a task that a signal must reach, also one that it is just beginning; its
     * step then looks anew.
     */
    public void interrupt(Task task) {
        task.interruptWait();
    }

    void woken(Task task) {
        task.state(Task.State.READY);
        trace.tell(Kind.TASK_WOKEN, task.lane(), task.id(), 0, 0);
        long late = kernel.lateness(WAKE_UP, task.lane());
        kernel.after(config.wakeUp().value() + late, this, READY, task.id());
    }

    void wakeAfter(Task task, long ps) {
        kernel.after(ps, this, WAKE, task.id());
    }

    void readyAfter(Task task, long ps) {
        kernel.after(ps, this, READY, task.id());
    }

    @Override
    public void handle(long nowPs, int kind, long taskId) {
        Task task = tasks.get((int) taskId);
        if (kind == WAKE) {
            woken(task);
        } else {
            enqueue(task);
        }
    }

    /** A core has become idle: it takes over the most urgent task that waits for another one. */
    void balance(CoreRunner idle) {
        for (int i = PRIORITIES.length - 1; i >= 0; i--) {
            for (CoreRunner busy : runners) {
                Task task = busy.giveAway(PRIORITIES[i]);
                if (task != null) {
                    idle.enqueue(task);
                    return;
                }
            }
        }
    }

    private void enqueue(Task task) {
        CoreRunner own = runners.get(task.core());
        CoreRunner chosen = own;
        for (int i = 0; i < runners.size() && !chosen.isIdle(); i++) {
            if (runners.get(i).isIdle()) {
                chosen = runners.get(i);
            }
        }
        chosen.enqueue(task);
    }
}
