package svasim.os.task;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import svasim.cpu.Core;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.procedure.WaitQueue;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Runs tasks on one core, step by step: each step's effect at its start, its time after it. */
final class CoreRunner implements EventHandler {
    /** How long a task is away that the explorer preempts. */
    private static final Site PREEMPTION = Site.lateness("os.preempt", 30_000_000L, 1_000_000_000L);

    /** Priorities, the most urgent one last. */
    private static final Priority[] PRIORITIES = Priority.values();

    private static final int DISPATCH = 0;
    private static final int STEP_OVER = 1;

    private final Core core;
    private final Kernel kernel;
    private final Trace trace;
    private final Scheduler scheduler;
    private final SchedulerConfig config;
    private final Map<Priority, Queue<Task>> ready = new EnumMap<>(Priority.class);

    private Task running;
    private Task previous;
    private Next next;
    private long sliceEndPs;
    private boolean dispatching;

    /** The next step waits until the scheduler goes on. */
    private boolean held;

    CoreRunner(Core core, Kernel kernel, Trace trace, Scheduler scheduler) {
        this.core = core;
        this.kernel = kernel;
        this.trace = trace;
        this.scheduler = scheduler;
        this.config = scheduler.config();
        for (Priority priority : Priority.values()) {
            ready.put(priority, new ArrayDeque<>());
        }
    }

    boolean isIdle() {
        return running == null && !dispatching;
    }

    void enqueue(Task task) {
        task.state(Task.State.READY);
        task.lastCore(core.number());
        ready.get(task.priority()).add(task);
        if (isIdle()) {
            dispatchLater(task);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long data) {
        if (kind == DISPATCH) {
            dispatch(nowPs);
        } else {
            stepOver(nowPs);
        }
    }

    private void dispatchLater(Task expected) {
        dispatching = true;
        long switchPs = expected == previous ? 0 : config.contextSwitch().value();
        kernel.after(switchPs, this, DISPATCH, 0);
    }

    private void dispatch(long nowPs) {
        dispatching = false;
        running = takeMostUrgent();
        if (running == null) {
            return;
        }
        previous = running;
        running.state(Task.State.RUNNING);
        if (running.space() != Core.NO_SPACE) {
            core.loadSpace(running.space());
        }
        core.restore(running.extendedState());
        sliceEndPs = nowPs + config.timeSlice().value();
        runStep();
    }

    private Task takeMostUrgent() {
        for (int i = PRIORITIES.length - 1; i >= 0; i--) {
            Task task = ready.get(PRIORITIES[i]).poll();
            if (task != null) {
                return task;
            }
        }
        return null;
    }

    private void runStep() {
        if (scheduler.isStopped()) {
            held = true;
            return;
        }
        Activation<?> top = running.top();
        if (top == null) {
            end();
            return;
        }
        Procedure.Line<?> line = top.line();
        if (!scheduler.order().isEmpty() && comesTooEarly(line)) {
            return;
        }
        if (!top.isRepeated() && trace.wants(Kind.STEP)) {
            trace.tell(
                    Kind.STEP,
                    running.lane(),
                    running.id(),
                    core.number(),
                    line.costPs(),
                    line.label());
        }
        if (line.maySleep()) {
            core.fullBarrier();
        }
        scheduler.current(running);
        next = take(top, line);
        scheduler.current(null);
        scheduler.order().ran(line.label(), place());
        if (next instanceof Next.Wait wait) {
            running.beginWait(wait.queue());
        }
        long costPs = line.costPs() + core.takeSpentPs();
        if (costPs == 0 && next == Next.AGAIN) {
            throw new IllegalStateException(line.label() + " polls without taking time");
        }
        kernel.after(costPs, this, STEP_OVER, 0);
    }

    /** Lets the step take its effect; what it stores may have to stay in the core for a while. */
    private Next take(Activation<?> top, Procedure.Line<?> line) {
        StepOrder order = scheduler.order();
        WaitQueue until = order.isEmpty() ? null : order.holdsStores(line.label(), place());
        if (until == null) {
            return top.run(core);
        }
        until.add(core::releaseStores);
        core.holdStores(true);
        Next result = top.run(core);
        core.holdStores(false);
        return result;
    }

    /** Name of the task as orders have it: with that of the guest that it runs in. */
    private String place() {
        return trace.laneName(running.lane());
    }

    /** Takes the task off the core if its next step has to wait for another one. */
    private boolean comesTooEarly(Procedure.Line<?> line) {
        WaitQueue obstacle = scheduler.order().obstacle(line.label(), place());
        if (obstacle == null) {
            return false;
        }
        running.beginWait(obstacle);
        running.state(Task.State.WAITING);
        trace.tell(Kind.TASK_WAITS, running.lane(), running.id(), 0, 0, obstacle.reason());
        leave();
        return true;
    }

    private void stepOver(long nowPs) {
        if (next instanceof Next.Stall stall && !stall.until().isDone()) {
            stall.until().whenDone(() -> stepOver(kernel.nowPs()));
            return;
        }
        Activation<?> top = running.top();
        boolean preemptible = top.line().maySleep();
        boolean polling = next == Next.AGAIN;
        if (preemptible) {
            core.fullBarrier();
        }
        if (!proceed(top)) {
            leave();
            return;
        }
        if (preemptible && !polling && preempted()) {
            return;
        }
        if (preemptible && mustMakeRoom(nowPs)) {
            Task task = running;
            leave();
            enqueue(task);
            return;
        }
        runStep();
    }

    /** Whether the task goes on running. */
    private boolean proceed(Activation<?> top) {
        if (next == Next.ON || next instanceof Next.Stall) {
            top.advance();
        } else if (next == Next.DONE) {
            top.finish();
        } else if (next == Next.AGAIN) {
            top.repeat();
        } else if (next instanceof Next.Jump jump) {
            top.jump(jump.step());
        } else if (next instanceof Next.Enter enter) {
            top.advance();
            running.push(enter.call());
        } else if (next instanceof Next.EnterAgain enter) {
            running.push(enter.call());
        } else if (next instanceof Next.Sleep sleep) {
            top.advance();
            running.state(Task.State.SLEEPING);
            scheduler.wakeAfter(running, sleep.ps());
            return false;
        } else if (next instanceof Next.Wait wait) {
            top.repeat();
            return stillRuns(wait);
        }
        return true;
    }

    private boolean stillRuns(Next.Wait wait) {
        if (running.wasWokenEarly()) {
            return true;
        }
        running.state(Task.State.WAITING);
        trace.tell(Kind.TASK_WAITS, running.lane(), running.id(), 0, 0, wait.queue().reason());
        return false;
    }

    private boolean preempted() {
        long awayPs = kernel.lateness(PREEMPTION, running.lane());
        if (awayPs == 0) {
            return false;
        }
        running.state(Task.State.SLEEPING);
        scheduler.readyAfter(running, awayPs);
        leave();
        return true;
    }

    private boolean mustMakeRoom(long nowPs) {
        for (Priority priority : PRIORITIES) {
            int urgency = priority.compareTo(running.priority());
            if (!ready.get(priority).isEmpty()
                    && (urgency > 0 || urgency == 0 && nowPs >= sliceEndPs)) {
                return true;
            }
        }
        return false;
    }

    private void end() {
        Task task = running;
        task.state(Task.State.ENDED);
        trace.tell(Kind.TASK_ENDED, task.lane(), task.id(), task.space(), 0);
        leave();
        task.ended().wakeAll();
    }

    /** The scheduler goes on. */
    void goOn() {
        if (held) {
            held = false;
            runStep();
        }
    }

    private void leave() {
        core.save(running.extendedState());
        running = null;
        for (Queue<Task> queue : ready.values()) {
            if (!queue.isEmpty()) {
                dispatchLater(null);
                return;
            }
        }
        scheduler.balance(this);
    }

    /** Gives a task that waits behind another one to a core that has nothing to do. */
    Task giveAway(Priority priority) {
        boolean next = running == null && waiting() == 1;
        return next ? null : ready.get(priority).poll();
    }

    private int waiting() {
        int waiting = 0;
        for (Priority priority : PRIORITIES) {
            waiting += ready.get(priority).size();
        }
        return waiting;
    }
}
