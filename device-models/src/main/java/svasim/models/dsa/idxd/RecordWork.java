package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.device.Words;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.EventLogEntry;
import svasim.models.dsa.layout.Status;
import svasim.os.mm.Mm;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;
import svasim.paging.Access;

/**
 * idxd_evl_fault_work: a worker writes a completion record in place of the device, into the address
 * space that the PASID's file was opened by; the word with the status byte last.
 */
final class RecordWork {
    private static final Procedure<RecordWork> WORK =
            Procedure.<RecordWork>named("idxd_evl_fault_work")
                    .sleeping("find context", 100_000, RecordWork::find)
                    .sleeping("kthread_use_mm", 100_000, RecordWork::adopt)
                    .sleeping("fault in", 50_000, RecordWork::touch)
                    .step("copy_to_user", 50_000, RecordWork::copy)
                    .sleeping("kthread_unuse_mm", 50_000, RecordWork::leave)
                    .build();

    private final DsaDriver driver;
    private final EventLogEntry entry;
    private final Node worker;
    private UserQueue context;
    private UserAccess access;

    private RecordWork(DsaDriver driver, EventLogEntry entry) {
        this.driver = driver;
        this.entry = entry;
        worker = driver.host().platform().references().node(driver.name() + " event log worker");
    }

    static Call<?> call(DsaDriver driver, EventLogEntry entry) {
        return new Call<>(WORK, new RecordWork(driver, entry));
    }

    private Next find(Cpu cpu) {
        context = driver.contextOf(entry.queue(), entry.pasid());
        if (context == null) {
            driver.events().recordWritten(entry, false);
            return Next.DONE;
        }
        return Next.ON;
    }

    /** Without the defect both are there; who comes too late finds a struct that has been freed. */
    private Next adopt(Cpu cpu) {
        context.use();
        context.mm().use();
        if (context.mm().life() == Mm.Life.FREED) {
            driver.events().recordWritten(entry, false);
            return Next.DONE;
        }
        context.mm().grab(worker);
        return Next.ON;
    }

    /** An address space that is going has no pages to write to. */
    private Next touch(Cpu cpu) {
        if (context.mm().life() != Mm.Life.ALIVE) {
            driver.events().recordWritten(entry, false);
            return Next.jump("kthread_unuse_mm");
        }
        access = new UserAccess(context.mm(), entry.faultAddress(), Access.WRITE);
        return Next.call(access.call());
    }

    private Next copy(Cpu cpu) {
        if (access.failed()) {
            driver.events().recordWritten(entry, false);
            return Next.ON;
        }
        long physical = access.physicalNow(cpu);
        if (physical == UserAccess.NOT_THERE) {
            return Next.jump("fault in");
        }
        byte[] bytes = record().toBytes();
        for (int offset = bytes.length - Long.BYTES; offset >= 0; offset -= Long.BYTES) {
            cpu.store(physical + offset, Words.u64(bytes, offset));
        }
        driver.events().recordWritten(entry, true);
        return Next.ON;
    }

    /** A batch has failed if one of its members has no record. */
    private CompletionRecord record() {
        CompletionRecord record = entry.record();
        boolean failed = entry.error() == Status.BATCH_LOGGED && driver.events().takeFailure(entry);
        return failed && record.status() == Status.SUCCESS
                ? record.with(Status.BATCH_INCOMPLETE)
                : record;
    }

    private Next leave(Cpu cpu) {
        return Next.call(context.mm().drop(worker));
    }
}
