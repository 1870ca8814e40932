package svasim.cpu;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import svasim.iommu.core.BroadcastListener;
import svasim.iommu.core.BroadcastTlbi;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.kernel.Site;
import svasim.memory.PhysicalMemory;

/** All cores of the machine, and the interrupts that they send each other. */
public final class Cores implements EventHandler {
    private static final int ASID_MASK = 0xFFFF;

    private static final Site IPI = Site.lateness("cpu.ipi", 2_000_000L, 20_000_000L);

    private final CpuConfig config;
    private final Kernel kernel;
    private final PhysicalMemory memory;
    private final List<Core> cores = new ArrayList<>();
    private final List<BroadcastListener> listeners = new ArrayList<>();

    /** Interrupts under way, by the number that their event carries. */
    private final List<Interruption> interruptions = new ArrayList<>();

    public Cores(CpuConfig config, CpuSurroundings parts) {
        this.config = config;
        this.kernel = parts.kernel();
        this.memory = parts.memory();
        for (int i = 0; i < config.cores(); i++) {
            cores.add(new Core(i, config, parts, this));
        }
    }

    public CpuConfig config() {
        return config;
    }

    public int count() {
        return cores.size();
    }

    public Core get(int number) {
        return cores.get(number);
    }

    /**
     * Whether any core has carried out an instruction that its architecture lacks: ENQCMD on Arm.
     */
    public boolean usesForeignInstructions() {
        return config.architecture() == Architecture.AARCH64
                && cores.stream().anyMatch(Core::enqueues);
    }

    /** A unit joins the domain in which AArch64 cores broadcast their TLB maintenance. */
    public void addListener(BroadcastListener listener) {
        listeners.add(listener);
    }

    /** Number that the cores' tags and their broadcasts name an address space by. */
    public static int asid(int space) {
        return space & ASID_MASK;
    }

    /** The word as software sees it: with stores that hardware does not see yet. */
    public long latest(long address) {
        for (Core core : cores) {
            if (core.stores().holds(address)) {
                return core.stores().value(address);
            }
        }
        return memory.readLong(address);
    }

    /** A core is about to write a word: stores of others to it come before. */
    void settle(Core writer, long address) {
        for (Core core : cores) {
            if (core != writer && core.stores().holds(address)) {
                core.stores().drain();
            }
        }
    }

    /** The core that a step was given. */
    public Core of(Cpu cpu) {
        return cores.get(cpu.number());
    }

    /**
     * Removes a range of an address space from the TLB of this core at once, and from those of all
     * other cores that have it loaded: by inter-processor interrupts, or, on AArch64, by a
     * broadcast that does not interrupt them and also reaches the IOMMUs that listen.
     *
     * @param end first address behind the range
     * @return is done when the last core has acknowledged and no IOMMU uses the range any more
     */
    public ShootDown shootDown(Cpu from, int space, long start, long end) {
        boolean broadcasts = config.architecture() == Architecture.AARCH64;
        ShootDown shootDown = new ShootDown(start, end, listeners, broadcasts);
        if (broadcasts) {
            BroadcastTlbi broadcast = broadcast(space, start, end);
            listeners.forEach(listener -> listener.broadcast(broadcast));
        }
        for (Core core : cores) {
            if (core.space() != space) {
                continue;
            }
            if (core.number() == from.number()) {
                core.tlb().invalidate(start, end);
            } else {
                shootDown.sent();
                send(core, shootDown);
            }
        }
        return shootDown;
    }

    /** TLBI VAE1IS of the pages, or ASIDE1IS of the whole address space. */
    private static BroadcastTlbi broadcast(int space, long start, long end) {
        if (start == 0 && end == Long.MAX_VALUE) {
            return BroadcastTlbi.of(BroadcastTlbi.Operation.ASID, 0, asid(space));
        }
        return new BroadcastTlbi(
                BroadcastTlbi.Operation.VA, 0, asid(space), start, end - start, false);
    }

    /** Has another core run a function, which must not take time, when an interrupt reaches it. */
    public CrossCall call(int core, Consumer<Core> function) {
        CrossCall call = new CrossCall(function);
        send(cores.get(core), call);
        return call;
    }

    private void send(Core core, Interruption interruption) {
        int slot = interruptions.indexOf(null);
        if (slot < 0) {
            slot = interruptions.size();
            interruptions.add(interruption);
        } else {
            interruptions.set(slot, interruption);
        }
        long late = kernel.lateness(IPI, core.lane());
        kernel.after(config.ipi().value() + late, this, slot, core.number());
    }

    @Override
    public void handle(long nowPs, int slot, long core) {
        Interruption interruption = interruptions.set(slot, null);
        Core target = cores.get((int) core);
        if (interruption.isTakenBySoftware()) {
            target.steal(config.interruptHandler().value());
        }
        interruption.arrive(target);
    }

    /** Instruction set, which fixes the format of page tables. */
    public Architecture architecture() {
        return config.architecture();
    }
}
