package svasim.models.gpu.driver;

import java.util.BitSet;
import svasim.cpu.Cpu;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.device.DriverStyle;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.device.GpuDevice;
import svasim.models.gpu.layout.Register;
import svasim.models.gpu.pattern.WaveState;
import svasim.models.gpu.svm.Vram;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.iommu.FeatureSubset;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;
import svasim.os.task.WorkQueue;

/** Driver of the GPU. Each context, be it of a process or of a file, has one queue. */
public final class GpuDriver implements DeviceDriver {
    private final GpuConfig config;
    private final DriverHost host;
    private final Contexts contexts;
    private final InterruptHandler interrupts;
    private final LibraryStatistics statistics;
    private final WorkQueue migrations;
    private final WorkQueue restores;
    private final Vram vram;
    private final Mutex registerLock;
    private final BitSet queues = new BitSet();

    public GpuDriver(GpuConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        contexts = new Contexts(this);
        interrupts = new InterruptHandler(this);
        statistics = new LibraryStatistics(host);
        vram = config.local() == null ? null : new Vram(config.local(), host);
        migrations = new WorkQueue(host.name() + "_migrate", 1, host.platform().scheduler());
        restores = new WorkQueue(host.name() + "_restore", 1, host.platform().scheduler());
        registerLock = new Mutex(host.name() + " srbm_mutex");
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Call<?> probe() {
        return interrupts.setUp();
    }

    @Override
    public ErrorHandlers errorHandlers() {
        return new GpuReset(this);
    }

    @Override
    public Call<?> remove() {
        return interrupts.tearDown();
    }

    @Override
    public Call<?> open(OpenFile file) {
        return GpuOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        return GpuMmap.call(this, file, mapping);
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        GpuJob job = new GpuJob(file.context(GpuContext.class), work);
        return new Submission(UserSubmit.call(job), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return GpuRelease.call(this, file);
    }

    DriverHost host() {
        return host;
    }

    Contexts contexts() {
        return contexts;
    }

    InterruptHandler interrupts() {
        return interrupts;
    }

    LibraryStatistics statistics() {
        return statistics;
    }

    /** Brings memory near the device. */
    WorkQueue migrations() {
        return migrations;
    }

    /** Puts queues back that were taken off for a while. */
    WorkQueue restores() {
        return restores;
    }

    /** The device's own memory, or null. */
    Vram vram() {
        return vram;
    }

    /** Whether queues are taken off while memory is missing. */
    boolean evicts() {
        return config.faults() == GpuConfig.Faults.EVICT;
    }

    long restoreAfterPs() {
        return config.restoreAfter().value();
    }

    /** Room for the states of all wavefronts that the device holds; 0 if none are saved. */
    long saveBytes() {
        boolean saves = config.preemption() == GpuConfig.Preemption.SAVE;
        long waves = (long) config.computeUnits() * config.wavefronts();
        return saves ? waves * WaveState.BYTES : 0;
    }

    boolean pinsQueues() {
        return config.faults() != GpuConfig.Faults.STALL || saveBytes() > 0;
    }

    /** Only one thread of a process makes its queue. */
    Mutex registerLock() {
        return registerLock;
    }

    /** Whether the process has the bond; else the file. */
    boolean isOfProcess() {
        return config.driver() == DriverStyle.AMDKFD;
    }

    /** Where wavefronts do not stall, the IOMMU takes no page faults: this driver does. */
    @Override
    public FeatureSubset subset() {
        return config.faults() == GpuConfig.Faults.STALL
                ? FeatureSubset.FULL_SVA
                : FeatureSubset.PINNED_SVA;
    }

    /**
     * Takes a queue that nobody has.
     *
     * @return its number, or -1
     */
    int takeQueue() {
        int number = queues.nextClearBit(0);
        if (number >= GpuDevice.QUEUES) {
            return -1;
        }
        queues.set(number);
        return number;
    }

    void giveQueue(int number) {
        queues.clear(number);
    }

    /** Whether a queue is on the hardware, {@link Register#BUSY} or {@link Register#IDLE}. */
    long status(Cpu cpu, int queue) {
        return read(cpu, Register.STATUS + queue * Long.BYTES);
    }

    long read(Cpu cpu, int register) {
        return cpu.readMmio(host.bar(Register.BAR) + register, Long.BYTES);
    }

    void write(Cpu cpu, int register, long value) {
        cpu.writeMmio(host.bar(Register.BAR) + register, Long.BYTES, value);
    }

    /** Physical address of a queue's doorbell. */
    long doorbell(int queue) {
        return host.bar(Register.DOORBELLS) + (long) queue * Long.BYTES;
    }
}
