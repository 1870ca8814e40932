package svasim.models.dsa.idxd;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.cpu.Cpu;
import svasim.cpu.Interrupts;
import svasim.device.DriverHost;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.Register;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.ThreadedInterrupt;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.task.WorkQueue;
import svasim.stats.Counter;

/**
 * What the driver keeps to hear of more than the ends of commands, from devices that have an event
 * log: the log, the thread of the interrupt, and a worker for each queue.
 */
final class Interruptions {
    private static final int PAGE_SHIFT = 12;

    private static final Procedure<Cancel> DRAIN =
            Procedure.<Cancel>named("idxd_cdev_evl_drain_pasid")
                    .step("cancel entries", 100_000, Cancel::cancel)
                    .sleeping("drain_workqueue", 50_000, Cancel::flush)
                    .build();

    private final DsaDriver driver;
    private final ThreadedInterrupt misc;
    private final EventLog log;
    private final List<WorkQueue> workers = new ArrayList<>();

    /** Batches one of whose members has no record, by queue and number. */
    private final Set<Integer> failedBatches = new HashSet<>();

    private final Counter errors;
    private final Counter halts;
    private final Counter recordFaults;
    private final Counter recordFailures;

    private record Cancel(Interruptions events, int queue, int pasid) {
        Next cancel(Cpu cpu) {
            DsaDriver driver = events.driver;
            if (!driver.isHalted()) {
                events.log.cancel(cpu, driver.registers(), queue, pasid);
            }
            return Next.ON;
        }

        Next flush(Cpu cpu) {
            return Next.call(events.workers.get(queue).flush());
        }
    }

    /**
     * @param entries of the event log
     */
    Interruptions(DsaDriver driver, int entries) {
        this.driver = driver;
        DriverHost host = driver.host();
        misc = new ThreadedInterrupt(host.name() + "-misc");
        long bytes = (long) entries * EventLogEntry.BYTES;
        log = new EventLog(new DmaBuffer(host.device(), bytes, PAGE_SHIFT), entries);
        for (DriverQueue queue : driver.queues()) {
            String name = host.name() + "-wq" + queue.number();
            workers.add(new WorkQueue(name, 1, host.platform().scheduler()));
        }
        errors = counter("swerr", "errors that no record tells of");
        halts = counter("halts", "times that the device has halted");
        recordFaults = counter("cr.faults", "completion records that the driver wrote");
        recordFailures =
                counter("cr.failures", "completion records that the driver could not write");
    }

    private Counter counter(String name, String description) {
        return driver.host().statistics().counter(driver.name() + "." + name, description);
    }

    Interrupts.Message enable(Cpu cpu) {
        DriverHost host = driver.host();
        return misc.enable(
                cpu, host.platform(), host.interrupts(), new MiscThread(driver, this).call());
    }

    ThreadedInterrupt misc() {
        return misc;
    }

    EventLog log() {
        return log;
    }

    Counter errors() {
        return errors;
    }

    Counter halts() {
        return halts;
    }

    /** The device has forgotten everything: tells it of the log, and what to interrupt for. */
    void configure(Cpu cpu) {
        DeviceRegisters registers = driver.registers();
        log.configure(cpu, registers);
        failedBatches.clear();
        registers.write(
                cpu,
                Register.GENCTRL,
                Register.GENCTRL_ERROR_INTERRUPT
                        | Register.GENCTRL_HALT_INTERRUPT
                        | Register.GENCTRL_LOG_INTERRUPT);
    }

    /** An entry that somebody may wait for. */
    void logged(EventLogEntry entry) {
        switch (entry.error()) {
            case RECORD_NOT_TRANSLATED, BATCH_LOGGED, DRAIN_LOGGED ->
                    workers.get(entry.queue()).add(RecordWork.call(driver, entry));
            default -> errors.increment();
        }
    }

    /** The driver has written a record in place of the device, or has found no way to. */
    void recordWritten(EventLogEntry entry, boolean good) {
        (good ? recordFaults : recordFailures).increment();
        if (!good && entry.batch() != null) {
            failedBatches.add(key(entry));
        }
    }

    /** Whether a member of a batch that is over is without a record; asked once. */
    boolean takeFailure(EventLogEntry entry) {
        return entry.batch() != null && failedBatches.remove(key(entry));
    }

    private static int key(EventLogEntry entry) {
        return entry.queue() << 8 | entry.batch().id();
    }

    /** Ends everything that the log still brings about for a PASID. */
    Call<?> drain(int queue, int pasid) {
        return new Call<>(DRAIN, new Cancel(this, queue, pasid));
    }
}
