package svasim.models.nic.driver;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.models.nic.config.NicConfig;
import svasim.models.nic.config.NicWork;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.layout.Registers;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.FeatureSubset;
import svasim.os.procedure.Call;

/** Driver of the card. Programs ask for traffic; packets lie in pages of the kernel. */
public final class NicDriver implements DeviceDriver {
    private final NicConfig config;
    private final DriverHost host;
    private final TrafficStatistics statistics;

    /** Queue pairs that some file has had, by number; those that none has now are spare, too. */
    private final List<NicQueue> queues = new ArrayList<>();

    private final List<NicQueue> spare = new ArrayList<>();
    private final List<Interrupts.Message> messages = new ArrayList<>();

    public NicDriver(NicConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        this.statistics = new TrafficStatistics(host);
    }

    @Override
    public String name() {
        return host.name();
    }

    /** Interrupts are allocated with the first use of their queue pair. */
    @Override
    public Call<?> probe() {
        return Call.nothing();
    }

    @Override
    public Call<?> remove() {
        return Call.nothing();
    }

    @Override
    public Call<?> open(OpenFile file) {
        return NicOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        mapping.refuse(name() + ": registers are not for programs");
        return Call.nothing();
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        if (work.as(NicWork.class).op().isOfMessages()) {
            throw new IllegalArgumentException(name() + " has no messages without onDemand");
        }
        NicQueue queue = file.context(NicQueue.class);
        NicJob job =
                new NicJob(
                        queue,
                        work.as(NicWork.class),
                        host.platform().kernel().random(name() + ".arrivals"));
        return new Submission(NicTransmit.call(job, work.thread()), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return NicRelease.call(file);
    }

    /** Nothing is bound: the card uses addresses of the DMA API. */
    @Override
    public FeatureSubset subset() {
        return FeatureSubset.NONE;
    }

    NicConfig config() {
        return config;
    }

    DriverHost host() {
        return host;
    }

    TrafficStatistics statistics() {
        return statistics;
    }

    /** A queue pair that nobody has, or null. */
    NicQueue takeQueue() {
        if (!spare.isEmpty()) {
            return spare.remove(0);
        }
        if (queues.size() == config.queues()) {
            return null;
        }
        NicQueue queue = new NicQueue(this, queues.size());
        int core = queues.size() % host.platform().cores().count();
        String line = name() + " queue" + queues.size();
        messages.add(host.interrupts().allocate(line, core, queue::interrupt));
        queues.add(queue);
        return queue;
    }

    void giveQueue(NicQueue queue) {
        spare.add(queue);
    }

    /** What a queue pair interrupts with. */
    Interrupts.Message message(int queue) {
        return messages.get(queue);
    }

    long read(Cpu cpu, int queue, QueueRegister register) {
        return cpu.readMmio(address(queue, register), Long.BYTES);
    }

    void write(Cpu cpu, int queue, QueueRegister register, long value) {
        cpu.writeMmio(address(queue, register), Long.BYTES, value);
    }

    private long address(int queue, QueueRegister register) {
        return host.bar(Registers.BAR) + Registers.offset(queue, register);
    }
}
