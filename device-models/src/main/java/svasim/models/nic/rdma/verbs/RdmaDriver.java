package svasim.models.nic.rdma.verbs;

import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.device.load.Loads;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.layout.Registers;
import svasim.models.nic.rdma.layout.CardRegister;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.FeatureSubset;
import svasim.os.procedure.Call;
import svasim.os.task.WorkQueue;

/** Driver of the card with on-demand paging. */
public final class RdmaDriver implements DeviceDriver {
    private final NicConfig config;
    private final DriverHost host;
    private final RdmaStatistics statistics;
    private final Loads loads;
    private final CommandRing commands;
    private final EventQueue events;
    private final WorkQueue faults;
    private final WorkQueue unmapping;
    private final Map<Integer, MemoryRegion> regions = new TreeMap<>();
    private final TreeSet<Integer> spareQueues = new TreeSet<>();
    private int keys;
    private Interrupts.Message message;

    public RdmaDriver(NicConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        statistics = new RdmaStatistics(host);
        loads = new Loads(host);
        commands = new CommandRing(this);
        events = new EventQueue(this);
        int workers = config.onDemand().workers();
        faults = new WorkQueue(name() + "_page_fault", workers, host.platform().scheduler());
        unmapping = new WorkQueue(name() + "_unmap", 1, host.platform().scheduler());
        for (int queue = 0; queue < config.queues(); queue++) {
            spareQueues.add(queue);
        }
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Call<?> probe() {
        return RdmaProbe.call(this);
    }

    @Override
    public Call<?> remove() {
        return RdmaProbe.undoing(this);
    }

    @Override
    public Call<?> open(OpenFile file) {
        return RdmaOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        mapping.refuse(name() + ": registers are not for programs");
        return Call.nothing();
    }

    /**
     * @throws IllegalArgumentException if this card has no such traffic
     */
    @Override
    public Submission submit(OpenFile file, Work work) {
        RdmaContext context = file.context(RdmaContext.class);
        NicWork wanted = work.as(NicWork.class);
        if (wanted.op() == NicWork.Operation.ADVISE) {
            AdviseJob job = new AdviseJob(context, work);
            return new Submission(job.call(), job);
        }
        if (wanted.op() != NicWork.Operation.WRITE) {
            throw new IllegalArgumentException(name() + " has no rings of packets, but messages");
        }
        WriteJob.Buffers buffers = WriteJob.Buffers.of(work);
        return loads.submission(
                wanted.load(),
                config.ring(),
                number -> message(context, work, buffers, number),
                work.thread());
    }

    private static Submission message(
            RdmaContext context, Work work, WriteJob.Buffers buffers, int number) {
        WriteJob job = new WriteJob(context, work, buffers, number);
        return new Submission(PostWrite.call(job), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return RdmaRelease.call(file);
    }

    /** The card has the translations of the process itself. */
    @Override
    public FeatureSubset subset() {
        return FeatureSubset.MIRROR;
    }

    NicConfig config() {
        return config;
    }

    OnDemandConfig onDemand() {
        return config.onDemand();
    }

    DriverHost host() {
        return host;
    }

    RdmaStatistics statistics() {
        return statistics;
    }

    CommandRing commands() {
        return commands;
    }

    EventQueue events() {
        return events;
    }

    /** Whether there was memory for events and commands. */
    boolean isReady() {
        return events.memory().isMapped() && commands.memory().isMapped();
    }

    /** Where page faults of the card are handled. */
    WorkQueue faults() {
        return faults;
    }

    /** Where pages are unmapped that the card has no more. */
    WorkQueue unmapping() {
        return unmapping;
    }

    /** Where the card's events interrupt. */
    Interrupts.Message message() {
        if (message == null) {
            message = host.interrupts().allocate(name() + " events", 0, events::interrupt);
        }
        return message;
    }

    /** A queue that nobody has, or null. */
    Integer takeQueue() {
        return spareQueues.pollFirst();
    }

    void giveQueue(int queue) {
        spareQueues.add(queue);
    }

    /** A key that was never used. */
    int newKey() {
        return ++keys;
    }

    void add(MemoryRegion region) {
        regions.put(region.key(), region);
        region.context().regions().add(region);
    }

    void remove(MemoryRegion region) {
        regions.remove(region.key());
        region.context().regions().remove(region);
    }

    /** The region of a key, or null. */
    MemoryRegion region(int key) {
        return regions.get(key);
    }

    long read(Cpu cpu, CardRegister register) {
        return read(cpu, register.offset());
    }

    void write(Cpu cpu, CardRegister register, long value) {
        write(cpu, register.offset(), value);
    }

    long read(Cpu cpu, int offset) {
        return cpu.readMmio(host.bar(Registers.BAR) + offset, Long.BYTES);
    }

    void write(Cpu cpu, int offset, long value) {
        cpu.writeMmio(host.bar(Registers.BAR) + offset, Long.BYTES, value);
    }
}
