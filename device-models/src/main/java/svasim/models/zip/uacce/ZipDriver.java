package svasim.models.zip.uacce;

import java.util.BitSet;
import svasim.cpu.Cpu;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.device.load.Load;
import svasim.device.load.Loads;
import svasim.models.zip.config.ZipConfig;
import svasim.models.zip.config.ZipWork;
import svasim.models.zip.layout.Mailbox;
import svasim.models.zip.layout.Registers;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.DmaBuffer;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;

/**
 * Driver in the manner of uacce and hisi_qm: opening the device binds the opener's address space
 * and takes two queue pairs of the engine, which start with the first work and stop with the file.
 */
public final class ZipDriver implements DeviceDriver {
    private static final int PAGE_SHIFT = 12;

    private final ZipConfig config;
    private final DriverHost host;
    private final LibraryStatistics statistics;
    private final Loads loads;
    private final Mutex mailboxLock;
    private final DmaBuffer contexts;
    private final QmReset reset = new QmReset();
    private final BitSet used = new BitSet();

    public ZipDriver(ZipConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        statistics = new LibraryStatistics(host);
        loads = new Loads(host);
        mailboxLock = new Mutex(host.name() + " mailbox");
        contexts = buffer(Registers.PAGE_BYTES);
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Call<?> probe() {
        return QmProbe.probe(this);
    }

    @Override
    public QmReset errorHandlers() {
        return reset;
    }

    @Override
    public Call<?> remove() {
        return QmProbe.remove(this);
    }

    @Override
    public Call<?> open(OpenFile file) {
        return UacceOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        return UacceMmap.call(this, file, mapping);
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        UacceContext context = file.context(UacceContext.class);
        ZipWork what = work.as(ZipWork.class);
        Load load = what.load();
        Submission first = piece(context, work);
        int room = Math.max(1, UserQueue.most(config.depth()) / what.batch());
        return load.isSingle()
                ? first
                : loads.submission(load, room, number -> piece(context, work), work.thread());
    }

    private static Submission piece(UacceContext context, Work work) {
        ZipJob job = new ZipJob(context, work);
        return new Submission(UserSubmit.call(job), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return UacceRelease.call(this, file);
    }

    DriverHost host() {
        return host;
    }

    ZipConfig config() {
        return config;
    }

    LibraryStatistics statistics() {
        return statistics;
    }

    Mutex mailboxLock() {
        return mailboxLock;
    }

    /** The page that contexts are handed over in. */
    DmaBuffer contexts() {
        return contexts;
    }

    /** Memory of the kernel that the device reaches, too. */
    DmaBuffer buffer(long bytes) {
        return new DmaBuffer(host.device(), bytes, PAGE_SHIFT);
    }

    /**
     * Takes a queue pair that nobody uses.
     *
     * @return its number, or -1
     */
    int takeQueue() {
        int number = used.nextClearBit(0);
        if (number >= config.queuePairs()) {
            return -1;
        }
        used.set(number);
        return number;
    }

    void giveQueue(int number) {
        used.clear(number);
    }

    /** Gives the queue manager a command, behind the context that it refers to. */
    void give(Cpu cpu, Mailbox command) {
        cpu.storeBarrier();
        cpu.writeMmio(register(Registers.MAILBOX_HIGH), Long.BYTES, command.high());
        cpu.writeMmio(register(Registers.MAILBOX), Long.BYTES, command.low());
    }

    int mailboxWord(Cpu cpu) {
        return (int) cpu.readMmio(register(Registers.MAILBOX), Integer.BYTES);
    }

    /** Physical address of a register. */
    long register(int offset) {
        return host.bar(Registers.BAR) + offset;
    }
}
