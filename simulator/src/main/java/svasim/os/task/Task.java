package svasim.os.task;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import svasim.cpu.Core;
import svasim.cpu.ExtendedState;
import svasim.os.procedure.Call;
import svasim.os.procedure.WaitQueue;

/** A thread of a process or of the kernel: a stack of calls, and where it is in its life. */
public final class Task implements WaitQueue.Waiter {
    private final int id;
    private final String name;
    private final int lane;
    private final Priority priority;
    private final Scheduler scheduler;
    private final Deque<Activation<?>> stack = new ArrayDeque<>(4);
    private final Deque<Call<?>> taskWork = new ArrayDeque<>(1);
    private final WaitQueue ended;

    private State state = State.NEW;
    private WaitQueue waitsOn;
    private boolean wokenEarly;
    private boolean takesTaskWork;
    private final ExtendedState extendedState = new ExtendedState();
    private boolean pasidActivated;
    private int space = Core.NO_SPACE;
    private int lastCore;

    /** Where a task is in its life. */
    public enum State {
        NEW,
        /** In a run queue, or about to be put into one. */
        READY,
        RUNNING,
        /** On a wait queue. */
        WAITING,
        SLEEPING,
        ENDED
    }

    Task(int id, String name, int lane, Priority priority, Scheduler scheduler) {
        this.id = id;
        this.name = name;
        this.lane = lane;
        this.priority = priority;
        this.scheduler = scheduler;
        this.takesTaskWork = priority == Priority.USER;
        this.ended = new WaitQueue("end of", name);
    }

    public int id() {
        return id;
    }

    public String name() {
        return name;
    }

    /** The task's lane in the trace. */
    public int lane() {
        return lane;
    }

    public Priority priority() {
        return priority;
    }

    public State state() {
        return state;
    }

    void state(State next) {
        state = next;
    }

    /** Whom to wait on for the task's end. */
    public WaitQueue ended() {
        return ended;
    }

    /** Number of the address space that the task runs in, {@link Core#NO_SPACE} for the kernel. */
    public int space() {
        return space;
    }

    /** The task uses this address space from its next step on. */
    public void space(int newSpace) {
        space = newSpace;
    }

    /** The task's registers while it does not run. */
    public ExtendedState extendedState() {
        return extendedState;
    }

    /** Whether the #GP handler has given this task its PASID (task_struct.pasid_activated). */
    public boolean pasidActivated() {
        return pasidActivated;
    }

    public void pasidActivated(boolean activated) {
        pasidActivated = activated;
    }

    /** Core that the task runs on, or has run on. */
    public int core() {
        return lastCore;
    }

    void lastCore(int core) {
        lastCore = core;
    }

    /**
     * Adds something that the task does on its way back to user space (task_work_add).
     *
     * @return false if the task is beyond that point or is a kernel thread, which never gets there;
     *     somebody else has to do it
     */
    public boolean addTaskWork(Call<?> work) {
        if (takesTaskWork) {
            taskWork.add(work);
        }
        return takesTaskWork;
    }

    /** The next work, or null; see {@link TaskWork}. */
    Call<?> nextTaskWork() {
        return taskWork.poll();
    }

    /** No work is taken any more (exit_task_work). */
    void refuseTaskWork() {
        takesTaskWork = false;
    }

    /** What the task waits for, or null. */
    public String waitsFor() {
        return state == State.WAITING ? waitsOn.reason() : null;
    }

    /** The step that the task runs again and again until something has happened; or null. */
    String polls() {
        boolean runs = state == State.RUNNING || state == State.READY;
        Activation<?> top = runs ? stack.peek() : null;
        return top == null || top.isOver() || !top.isRepeated() ? null : top.line().label();
    }

    /** Variables of the calls that have what the task waits for, as far as that is known. */
    List<Object> waitsForOwners() {
        return state == State.WAITING ? waitsOn.owners() : List.of();
    }

    /** Variables of the calls that the task is in. */
    List<Object> frames() {
        return stack.stream().<Object>map(Activation::frame).toList();
    }

    /** Whether the task waits in its outermost call, as a kernel thread without work does. */
    public boolean isAtRest() {
        return state == State.WAITING && stack.size() == 1;
    }

    @Override
    public void wake() {
        if (state == State.RUNNING) {
            wokenEarly = true;
        } else {
            scheduler.woken(this);
        }
        waitsOn = null;
    }

    void push(Call<?> call) {
        stack.push(new Activation<>(call));
    }

    /** The call that goes on next, or null if the task has nothing left to do. */
    Activation<?> top() {
        while (!stack.isEmpty() && stack.peek().isOver()) {
            stack.pop();
        }
        return stack.peek();
    }

    void beginWait(WaitQueue queue) {
        waitsOn = queue;
        wokenEarly = false;
        queue.add(this);
    }

    /** Whether the wake-up came before the task had left its core. */
    boolean wasWokenEarly() {
        return wokenEarly;
    }

    /** Takes the task out of what it waits for, because of a signal. */
    void interruptWait() {
        if (waitsOn != null) {
            waitsOn.remove(this);
            wake();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
