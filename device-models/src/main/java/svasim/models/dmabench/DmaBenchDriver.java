package svasim.models.dmabench;

import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.device.DriverStyle;
import svasim.device.ProcessMirror;
import svasim.device.load.Loads;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.FeatureSubset;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.WorkQueue;

/**
 * Kernel driver of the card. It allocates window and queues through the DMA API when the card is
 * opened, by one file at a time, and frees them when the file is released; or it binds the opener's
 * address space.
 */
final class DmaBenchDriver implements DeviceDriver {
    private final DmaBenchConfig config;
    private final DriverHost host;
    private final Loads loads;
    private final WaitQueue idle;
    private final CardProcesses processes;

    /** Where faults of the card's own page table are handled; null if it has none. */
    private final WorkQueue mirrorWork;

    private final CardTable cardTable = new CardTable(this);
    private final CardReset reset = new CardReset(this);
    private Interrupts.Message ended;
    private Interrupts.Message fault;
    private OpenFile opener;
    private long runsEnded;

    DmaBenchDriver(DmaBenchConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        this.loads = new Loads(host);
        this.idle = new WaitQueue(host.name() + " measurement ended");
        host.device().onDisconnect(idle::wakeAll);
        this.mirrorWork =
                config.addressing().isMirrored()
                        ? new WorkQueue("hmm_" + host.name(), 1, host.platform().scheduler())
                        : null;
        this.processes = style() == DriverStyle.AMDKFD ? new CardProcesses(this) : null;
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Call<?> probe() {
        return CardProbe.call(this);
    }

    @Override
    public CardReset errorHandlers() {
        return reset;
    }

    @Override
    public Call<?> remove() {
        return processes == null ? Call.nothing() : processes.removeAll();
    }

    @Override
    public Call<?> open(OpenFile file) {
        return CardOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        return CardMmap.call(this, file, mapping);
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        CardContext context = file.context(CardContext.class);
        DmaBenchWork wanted = work.as(DmaBenchWork.class);
        if (config.addressing().isOfProcess()) {
            if (wanted.buffer() == null) {
                throw new IllegalArgumentException(name() + " measures a buffer; none is named");
            }
            String buffer = wanted.buffer();
            context.window(work.buffers().address(buffer), work.buffers().size(buffer));
        } else if (wanted.buffer() != null) {
            throw new IllegalArgumentException(name() + " uses no addresses of processes");
        }
        return wanted.load().isSingle()
                ? measurement(context, wanted)
                : loads.submission(
                        wanted.load(), 1, number -> measurement(context, wanted), work.thread());
    }

    private Submission measurement(CardContext context, DmaBenchWork wanted) {
        CardJob job = new CardJob(this, context, wanted);
        return new Submission(CardStart.call(job), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return CardRelease.call(this, file);
    }

    @Override
    public FeatureSubset subset() {
        return config.addressing().subset();
    }

    DmaBenchConfig config() {
        return config;
    }

    DriverStyle style() {
        return config.driver();
    }

    /** Null unless the card belongs to processes. */
    CardProcesses processes() {
        return processes;
    }

    DriverHost host() {
        return host;
    }

    long read(Cpu cpu, CardRegister register) {
        return cpu.readMmio(host.bar(CardRegister.BAR) + register.offset(), Long.BYTES);
    }

    void write(Cpu cpu, CardRegister register, long value) {
        cpu.writeMmio(host.bar(CardRegister.BAR) + register.offset(), Long.BYTES, value);
    }

    /**
     * Makes the file the only one that has the card.
     *
     * @return false if another one has it
     */
    boolean take(OpenFile file) {
        if (opener != null) {
            return false;
        }
        opener = file;
        return true;
    }

    void give() {
        opener = null;
    }

    /** How the card's own page table is written. */
    CardTable cardTable() {
        return cardTable;
    }

    /** A copy of the page table of a file's opener, in the card. */
    ProcessMirror newMirror(OpenFile file) {
        return new ProcessMirror(host, file.openedBy(), file.node(), mirrorWork, cardTable);
    }

    /** The card's page table lacks something. */
    void faultInterrupt(long nowPs) {
        CardContext context = opener == null ? null : opener.context(CardContext.class);
        if (context != null) {
            mirrorWork.add(MirrorFault.call(this, context.mirror()));
        }
    }

    /** Where the card's interrupt goes. */
    Interrupts.Message message() {
        if (ended == null) {
            ended = host.interrupts().allocate(name(), 0, this::interrupt);
        }
        return ended;
    }

    /** Where the interrupt of its own page table goes. */
    Interrupts.Message faultMessage() {
        if (fault == null) {
            fault = host.interrupts().allocate(name(), 1, this::faultInterrupt);
        }
        return fault;
    }

    /** Who waits for the end of a measurement looks again whether there will be one. */
    void wakeWaiters() {
        idle.wakeAll();
    }

    /** The card's interrupt. */
    void interrupt(long nowPs) {
        runsEnded++;
        idle.wakeAll();
    }

    /** Measurements that have ended so far. */
    long runsEnded() {
        return runsEnded;
    }

    Next awaitInterrupt() {
        return Next.await(idle);
    }
}
