package svasim.guest;

import java.util.List;
import java.util.Map;
import svasim.cpu.Cores;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.Interrupts;
import svasim.device.MediatedDevice;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Iommu;
import svasim.memory.Frames;
import svasim.os.Os;
import svasim.os.OsSurroundings;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.os.task.Scheduler;
import svasim.stats.Counter;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/**
 * A virtual machine as its own software sees it: cores, interrupts, memory and the operating
 * system, at rest until the host {@linkplain #start starts} it. It runs until nothing is left to do
 * there, or until it is {@linkplain #stop stopped}.
 */
public final class Guest {
    /** Below lie what firmware leaves and nobody uses; frames are handed out above. */
    private static final long FIRST_FRAME = 1L << 24;

    private final String name;
    private final GuestConfig config;
    private final GuestHost host;
    private final GuestMemory memory;
    private final GuestStages stages;
    private final Trace trace;
    private final Statistics statistics;
    private final Exits exits;
    private final GuestBus bus;
    private final Frames frames;
    private final Cores cores;
    private final Interrupts interrupts;
    private final Os os;
    private final Counter injected;
    private final WaitQueue halted;
    private final GuestTerms terms;
    private State state = State.MADE;

    /** Null if the guest shares no device. */
    private GuestNumbers numbers;

    // Null if the guest sees no IOMMU.
    private VirtualUnit virtualUnit;
    private IommuDriver iommu;

    /** The host moves pages of the guest's processes to other frames. */
    public void moveMemory() {
        Scheduler scheduler = host.os().platform().scheduler();
        scheduler.start("compaction of " + name, Priority.KERNEL, MoveMemory.call(this));
    }

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
        this.host = host;
        Platform platform = host.os().platform();
        trace = host.trace().child(name);
        statistics = host.statistics().part(name);
        memory = new GuestMemory(host.memory(), host.frames(), number, config.memory().bytes());
        stages = new GuestStages(memory);
        terms = new GuestTerms(memory, host.frames());
        frames = new Frames(memory.view(), FIRST_FRAME, trace);
        exits = new Exits(statistics);
        bus = new GuestBus(platform.kernel(), host.bus(), config.exits(), exits);
        cores =
                new Cores(
                        host.cpu().withCores(config.cores()),
                        new CpuSurroundings(
                                platform.kernel(), trace, statistics, memory.view(), frames, bus));
        interrupts = new Interrupts(platform.kernel(), trace, cores);
        injected = statistics.counter("interrupts.injected", "interrupts given to the guest");
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
        os.platform().scheduler().order(platform.scheduler().order());
        trace.add(new IdleWatch(os, this::switchOff));
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

    /** The machine that the guest runs on. */
    public GuestHost host() {
        return host;
    }

    /** The memory as the machine's IOMMUs know it. */
    public GuestStages stages() {
        return stages;
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

    /**
     * Gives the guest a function of the machine, before it starts.
     *
     * @param device as the host knows it
     */
    public GuestFunction addFunction(
            String device, PciDevice known, Map<Integer, GuestFunction.Bar> bars) {
        GuestFunction function =
                new GuestFunction(device, functions().size() + 1, known, iommu() != null);
        function.placeBars(bars, bus);
        if (virtualUnit != null) {
            function.onReset(() -> virtualUnit.reset(known));
        }
        terms.add(function, GuestTerms.Numbers.SAME);
        return function;
    }

    /**
     * Gives the guest a device that is composed of a part of one, before it starts.
     *
     * @param known the real one
     */
    public GuestFunction addComposed(String device, PciDevice known, MediatedDevice composed) {
        GuestFunction function =
                new GuestFunction(device, functions().size() + 1, known, iommu() != null);
        function.placeBars(composed, bus);
        terms.add(function, numbers::named);
        return function;
    }

    /** The guest gets PASIDs of the machine; before it gets an IOMMU. */
    public void addNumbers() {
        numbers = new GuestNumbers(this);
    }

    /** The PASIDs of the machine that it has; null if it shares no device. */
    public GuestNumbers numbers() {
        return numbers;
    }

    /** Functions of the machine that the guest has. */
    public List<GuestFunction> functions() {
        return terms.functions();
    }

    /** What the guest calls things of the machine. */
    public GuestTerms terms() {
        return terms;
    }

    /** The IOMMU that the guest sees; null if it sees none. */
    public Iommu unit() {
        return virtualUnit == null ? null : virtualUnit.unit();
    }

    /** The guest's driver of the IOMMU that it sees; null if it sees none. */
    public IommuDriver iommu() {
        return iommu;
    }

    /** What stands behind that IOMMU; null if there is none. */
    VirtualUnit virtualUnit() {
        return virtualUnit;
    }

    /** The guest sees an IOMMU from now on; before it gets its functions. */
    public void addIommu(UnitMaker maker) {
        virtualUnit = new VirtualUnit(this);
        Iommu unit = maker.unit(virtualUnit);
        virtualUnit.emulate(unit, entries(maker.readsTablesOfGuests()));
        maker.show(unit, bus);
        iommu = maker.driver();
        os.add(iommu);
    }

    private GuestEntries entries(boolean readsTables) {
        if (readsTables) {
            return new ShownTables(virtualUnit);
        }
        return config.viommu().mode() == ViommuConfig.Mode.CACHING
                ? new ShadowEntries(this, virtualUnit)
                : new NestedEntries(this, virtualUnit);
    }

    /** Makes the IOMMU that a guest sees, of the kind that its machine has. */
    public interface UnitMaker {
        /** The unit that is emulated. */
        Iommu unit(Forwarding behind);

        /** Whether the machine's IOMMU reads the tables of PASIDs that guests make. */
        boolean readsTablesOfGuests();

        /** Its registers come into the reach of the guest's cores. */
        void show(Iommu unit, GuestBus bus);

        /** The guest's driver for it. */
        IommuDriver driver();
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

    /**
     * A message-signalled interrupt of a device of the guest, injected without an exit; lost if the
     * guest does not run when it arrives.
     */
    public void interrupt(long address, int data, long nowPs) {
        injected.increment();
        os.platform()
                .kernel()
                .at(
                        nowPs + config.exits().injection().value(),
                        (atPs, kind, word) -> inject(address, data, atPs),
                        0,
                        0);
    }

    private void inject(long address, int data, long nowPs) {
        if (state == State.RUNNING) {
            interrupts.message(address, data, nowPs);
        }
    }

    /** Nothing is left to do. */
    private void switchOff() {
        if (state == State.RUNNING) {
            state = State.OFF;
            halted.wakeAll();
        }
    }

    /** Who waits for what in a guest that runs, one line each. */
    public List<String> waitingFor() {
        return state == State.RUNNING
                ? os.waitingFor().stream().map(line -> name + "." + line).toList()
                : List.of();
    }
}
