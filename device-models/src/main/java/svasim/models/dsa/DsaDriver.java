package svasim.models.dsa;

import java.util.BitSet;
import svasim.device.DeviceDriver;
import svasim.device.DriverHost;
import svasim.os.file.DeviceMapping;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.os.task.Mutex;

/**
 * Driver in the style of Linux idxd with dedicated queues: each open file has a queue of its own,
 * whose configuration carries the PASID while the file is open.
 */
final class DsaDriver implements DeviceDriver {
    private static final int PRIORITY = 10;

    private final DsaConfig config;
    private final DriverHost host;
    private final DeviceRegisters registers;
    private final LibraryStatistics statistics;
    private final Mutex commandLock;
    private final WaitQueue commandDone;
    private final BitSet queuesInUse = new BitSet();
    private boolean interrupted;

    DsaDriver(DsaConfig config, DriverHost host) {
        this.config = config;
        this.host = host;
        registers = new DeviceRegisters(host.bar(DsaDevice.REGISTERS));
        statistics = new LibraryStatistics(host);
        commandLock = new Mutex(host.name() + " command");
        commandDone = new WaitQueue(host.name() + " command done");
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
    public Submission submit(OpenFile file, Work work) {
        UserQueue queue = file.context(UserQueue.class);
        DsaJob job = queue.job(work.as(DsaWork.class), work.buffers());
        return new Submission(UserSubmit.call(job), job);
    }

    @Override
    public Call<?> release(OpenFile file) {
        return IdxdRelease.call(this, file);
    }

    /** The command that empties a queue whose file is released. */
    Command stopCommand() {
        return config.stop() == DsaConfig.Stop.DRAIN ? Command.DRAIN_WQ : Command.ABORT_WQ;
    }

    DriverHost host() {
        return host;
    }

    DsaConfig config() {
        return config;
    }

    DeviceRegisters registers() {
        return registers;
    }

    LibraryStatistics statistics() {
        return statistics;
    }

    Mutex commandLock() {
        return commandLock;
    }

    /** The next interrupt is the one that a command ends with. */
    void expectInterrupt() {
        interrupted = false;
    }

    /** The interrupt of the device's vector 0. */
    void interrupt(long nowPs) {
        interrupted = true;
        commandDone.wakeAll();
    }

    Next awaitInterrupt() {
        return interrupted ? Next.ON : Next.await(commandDone);
    }

    /**
     * Takes a queue that no file uses.
     *
     * @return its number, or -1 if all are in use
     */
    int takeQueue() {
        int queue = queuesInUse.nextClearBit(0);
        if (queue >= config.workQueues()) {
            return -1;
        }
        queuesInUse.set(queue);
        return queue;
    }

    void giveQueue(int queue) {
        queuesInUse.clear(queue);
    }

    /** Configuration of a queue as no file uses it. */
    Wqcfg queueConfig() {
        int mode = Wqcfg.DEDICATED;
        mode |= config.blockOnFault() ? Wqcfg.BLOCK_ON_FAULT : 0;
        mode |= config.prs() ? 0 : Wqcfg.PRS_DISABLE;
        return new Wqcfg()
                .size(config.workQueueSize())
                .mode(mode, PRIORITY)
                .maxTransfer(config.maxTransferShift(), 0);
    }
}
