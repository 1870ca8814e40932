package svasim.guest;

import java.util.List;
import svasim.cpu.Cores;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.Interrupts;
import svasim.memory.Frames;
import svasim.os.Os;
import svasim.os.OsSurroundings;
import svasim.os.procedure.WaitQueue;
import svasim.os.process.Process;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.os.task.Task;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/**
 * A virtual machine as its own software sees it: cores, interrupts, memory and the operating
 * system, at rest until the host {@linkplain #start starts} it. It runs until nothing is left to do
 * there, or until it is {@linkplain #stop stopped}.
 */
public final class Guest implements TraceListener {
    /** Below lie what firmware leaves and nobody uses; frames are handed out above. */
    private static final long FIRST_FRAME = 1L << 24;

    private final String name;
    private final GuestConfig config;
    private final GuestMemory memory;
    private final Trace trace;
    private final Statistics statistics;
    private final Exits exits;
    private final GuestBus bus;
    private final Frames frames;
    private final Cores cores;
    private final Interrupts interrupts;
    private final Os os;
    private final WaitQueue halted;
    private State state = State.MADE;

    /** Where a guest is in its life. */
    public enum State {
        /** It has no memory yet, or has not begun to run. */
        MADE,
        RUNNING,
        /** Nothing was left to do: it has switched itself off. */
        OFF,
        /** Its cores begin no further step. */
        STOPPED
    }

    /**
     * @param number of the guest in the machine, from 0
     */
    public Guest(String name, int number, GuestConfig config, GuestHost host) {
        this.name = name;
        this.config = config;
        Platform platform = host.os().platform();
        trace = host.trace().child(name);
        statistics = host.statistics().part(name);
        memory = new GuestMemory(host.memory(), host.frames(), number, config.memory().bytes());
        frames = new Frames(memory.view(), FIRST_FRAME, trace);
        exits = new Exits(statistics);
        bus = new GuestBus(platform.kernel(), host.bus(), config.exits(), exits);
        cores =
                new Cores(
                        host.cpu().withCores(config.cores()),
                        new CpuSurroundings(
                                platform.kernel(), trace, statistics, memory.view(), frames, bus));
        interrupts = new Interrupts(platform.kernel(), trace, cores);
        halted = new WaitQueue("guest " + name);
        os =
                new Os(
                        config.os(),
                        new OsSurroundings(
                                platform.kernel(),
                                trace,
                                statistics,
                                memory.view(),
                                frames,
                                cores,
                                interrupts,
                                platform.defects()));
        trace.add(this);
    }

    public String name() {
        return name;
    }

    public GuestConfig config() {
        return config;
    }

    public GuestMemory memory() {
        return memory;
    }

    /** Frames of the guest's memory, as its operating system hands them out. */
    public Frames frames() {
        return frames;
    }

    /** What the guest tells, in its own terms. */
    public Trace trace() {
        return trace;
    }

    /** With the guest's name in front of all. */
    public Statistics statistics() {
        return statistics;
    }

    public GuestBus bus() {
        return bus;
    }

    public Exits exits() {
        return exits;
    }

    public Cores cores() {
        return cores;
    }

    public Interrupts interrupts() {
        return interrupts;
    }

    public Os os() {
        return os;
    }

    public State state() {
        return state;
    }

    /** Woken when the guest has switched itself off. */
    public WaitQueue halted() {
        return halted;
    }

    /** The virtual cores begin to run; once, and only with memory. */
    public void start() {
        if (state == State.MADE) {
            state = State.RUNNING;
            os.boot();
        }
    }

    /** The virtual cores begin no further step, and keep no store to themselves. */
    public void stop() {
        if (state == State.RUNNING || state == State.MADE) {
            state = State.STOPPED;
        }
        os.platform().scheduler().stop();
        for (int core = 0; core < cores.count(); core++) {
            cores.get(core).fullBarrier();
        }
        bus.forget();
    }

    /** A message-signalled interrupt for the guest; lost if it does not run. */
    public void interrupt(Interrupts.Message message, long nowPs) {
        if (state == State.RUNNING) {
            interrupts.message(message.address(), message.data(), nowPs);
        }
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.TASK_ENDED || kind == Kind.TASK_WAITS;
    }

    /** Looks after each task that ends or waits whether anything is left to do. */
    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        if (state == State.RUNNING && isIdle()) {
            state = State.OFF;
            halted.wakeAll();
        }
    }

    private boolean isIdle() {
        return os.processes().stream().allMatch(Process::hasEnded)
                && os.platform().scheduler().tasks().stream().allMatch(Guest::isAtRest);
    }

    private static boolean isAtRest(Task task) {
        boolean ofKernel = task.priority() != Priority.USER;
        return task.state() == Task.State.ENDED || ofKernel && task.isAtRest();
    }

    /** Who waits for what in a guest that runs, one line each. */
    public List<String> waitingFor() {
        return state == State.RUNNING
                ? os.waitingFor().stream().map(line -> name + "." + line).toList()
                : List.of();
    }
}
