package svasim.models.dsa.idxd;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.ComposingDriver;
import svasim.device.DriverHost;
import svasim.device.MediatedDevice;
import svasim.device.MediatedHost;
import svasim.device.load.Loads;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.vdcm.VirtualDsa;
import svasim.os.defect.Defect;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Mutex;

/**
 * Driver in the style of Linux idxd. An open file has a dedicated queue of its own, whose
 * configuration carries the PASID while the file is open; or it uses a shared queue together with
 * others, and the PASID comes with each descriptor.
 */
public final class DsaDriver implements ComposingDriver {
    private static final int EVENT_LOG_VERSION = 2;

    private final DsaConfig config;
    private final DriverHost host;
    private final DeviceRegisters registers;
    private final LibraryStatistics statistics;
    private final Loads loads;
    private final Mutex commandLock;
    private final WaitQueue commandDone;
    private final List<DriverQueue> queues = new ArrayList<>();
    private final Map<Long, UserQueue> contexts = new TreeMap<>();
    private final Interruptions events;
    private final IdxdReset reset;
    private Interrupts.Message message;
    private boolean interrupted;
    private boolean givenUp;

    public DsaDriver(DsaConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        registers = new DeviceRegisters(host.bar(Register.REGISTERS));
        statistics = new LibraryStatistics(host);
        loads = new Loads(host);
        for (QueueConfig queue : config.queueList()) {
            queues.add(new DriverQueue(queues.size(), queue));
        }
        commandLock = new Mutex(host.name() + " command");
        commandDone = new WaitQueue(host.name() + " command done");
        host.device().onDisconnect(commandDone::wakeAll);
        events = hasEventLog() ? new Interruptions(this, config.eventLogSize()) : null;
        reset = new IdxdReset(this);
    }

    /** Only a shared queue: its descriptors bring their PASIDs along. */
    @Override
    public MediatedDevice compose(String part, MediatedHost machine) {
        DsaConfig own = config.composedOf(part);
        int number = List.copyOf(config.queues().keySet()).indexOf(part);
        return new VirtualDsa(own, machine, new DividedDevice(this, queues.get(number)));
    }

    @Override
    public String name() {
        return host.name();
    }

    @Override
    public Call<?> probe() {
        return IdxdProbe.call(this);
    }

    @Override
    public ErrorHandlers errorHandlers() {
        return reset;
    }

    @Override
    public Call<?> remove() {
        return IdxdRemove.call(this);
    }

    @Override
    public Call<?> open(OpenFile file) {
        return IdxdOpen.call(this, file);
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        return IdxdMmap.call(file, mapping);
    }

    @Override
    public boolean takesWorkThroughMapping() {
        return true;
    }

    /** A driver that takes the first close for the end of the file (S62) ends its bond here. */
    @Override
    public Call<?> flush(OpenFile file) {
        boolean early = host.platform().defects().has(Defect.S62);
        return early ? IdxdRelease.call(this, file) : Call.nothing();
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        return file.context(UserQueue.class).submission(work);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return IdxdRelease.call(this, file);
    }

    /** The command that empties a dedicated queue whose file is released. */
    public Command stopQueue() {
        return config.stop() == DsaConfig.Stop.DRAIN ? Command.DRAIN_WQ : Command.ABORT_WQ;
    }

    /**
     * The bug S43: a queue gets another PASID when it is disabled, whatever is under way for it.
     */
    boolean onlyDisables() {
        return host.platform().defects().has(Defect.S43);
    }

    /** The command behind which a dedicated queue may get another PASID. */
    Command resetQueue() {
        return onlyDisables() ? Command.DISABLE_WQ : Command.RESET_WQ;
    }

    /** The command that ends the work of a PASID in shared queues. */
    public Command stopPasid() {
        return config.stop() == DsaConfig.Stop.DRAIN ? Command.DRAIN_PASID : Command.ABORT_PASID;
    }

    public DriverHost host() {
        return host;
    }

    public DsaConfig config() {
        return config;
    }

    public DeviceRegisters registers() {
        return registers;
    }

    public LibraryStatistics statistics() {
        return statistics;
    }

    Loads loads() {
        return loads;
    }

    public Mutex commandLock() {
        return commandLock;
    }

    IdxdReset reset() {
        return reset;
    }

    /** Where the device's vector 0 goes. */
    Interrupts.Message message(Cpu cpu) {
        if (message == null) {
            message =
                    events == null
                            ? host.interrupts().allocate(name() + " misc", 0, this::interrupt)
                            : events.enable(cpu);
        }
        return message;
    }

    /** Who waits for a command looks again whether it can still end. */
    void giveUpCommand() {
        commandDone.wakeAll();
    }

    /** The next interrupt is the one that a command ends with. */
    public void expectInterrupt() {
        interrupted = false;
    }

    /** The interrupt of the device's vector 0. */
    public void interrupt(long nowPs) {
        interrupted = true;
        commandDone.wakeAll();
    }

    /** Whether the device takes commands; one that is gone answers none. */
    public boolean isHalted() {
        return givenUp || host.device().isDisconnected();
    }

    public Next awaitInterrupt() {
        return interrupted || isHalted() || reset.hasFailed() ? Next.ON : Next.await(commandDone);
    }

    /** The device has halted, and what it needs is not in the driver's power. */
    void giveUp() {
        givenUp = true;
        commandDone.wakeAll();
    }

    /** Whether the driver hears of more than the ends of commands. */
    boolean hasEventLog() {
        return config.version() >= EVENT_LOG_VERSION;
    }

    /** Null without an event log. */
    Interruptions events() {
        return events;
    }

    /** A file uses a queue with a PASID from now on. */
    void keep(UserQueue context) {
        contexts.put(key(context.queue().number(), context.bond().requestPasid()), context);
    }

    void forget(UserQueue context) {
        contexts.remove(key(context.queue().number(), context.bond().requestPasid()), context);
    }

    /** Whose descriptors come from a queue with a PASID; null if nobody's. */
    UserQueue contextOf(int queue, int pasid) {
        return contexts.get(key(queue, pasid));
    }

    private static long key(int queue, int pasid) {
        return (long) queue << Integer.SIZE | pasid & 0xffff_ffffL;
    }

    /** The queues by number. */
    public List<DriverQueue> queues() {
        return queues;
    }

    /**
     * Takes a dedicated queue that no file uses, or else the shared one with the fewest users.
     *
     * @return null if there is neither
     */
    public DriverQueue takeQueue() {
        DriverQueue best = null;
        for (DriverQueue queue : queues) {
            if (queue.isFree() && (best == null || queue.isBetterThan(best))) {
                best = queue;
            }
        }
        if (best != null) {
            best.use();
        }
        return best;
    }
}
