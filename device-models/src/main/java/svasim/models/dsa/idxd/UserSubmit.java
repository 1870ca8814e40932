package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.os.defect.Defect;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** The program's library hands in a descriptor. */
final class UserSubmit {
    private static final Procedure<UserSubmit> SUBMIT =
            Procedure.<UserSubmit>named("dsa submit")
                    .sleeping("wait for an entry", 10_000, UserSubmit::awaitEntry)
                    .sleeping("allocate completion record", 10_000, UserSubmit::allocate)
                    .sleeping("take completion record", 5_000, UserSubmit::takeRecord)
                    .sleeping("touch completion record", 1_000, UserSubmit::touch)
                    .step("clear status", 1_000, UserSubmit::clear)
                    .sleeping("hand in", 1_000, UserSubmit::handIn)
                    .build();

    private static final Procedure<UserSubmit> AGAIN =
            Procedure.<UserSubmit>named("dsa resubmit")
                    .sleeping("touch completion record", 1_000, UserSubmit::touch)
                    .step("clear status", 1_000, UserSubmit::clear)
                    .sleeping("hand in", 1_000, UserSubmit::handIn)
                    .build();

    private final DsaJob job;
    private long startPs;
    private UserAccess access;

    private UserSubmit(DsaJob job) {
        this.job = job;
    }

    static Call<?> call(DsaJob job) {
        return job.isBatch() ? BatchSubmit.call(job) : new Call<>(SUBMIT, new UserSubmit(job));
    }

    /** Hands in what is left of a job, with the same completion record. */
    static Call<?> again(DsaJob job) {
        return new Call<>(AGAIN, new UserSubmit(job));
    }

    private Next awaitEntry(Cpu cpu) {
        startPs = startPs == 0 ? cpu.nowPs() : startPs;
        Next next = awaitEntry(job, cpu);
        if (next != Next.ON || !job.hasOwnRecord()) {
            return next;
        }
        job.begin(startPs, job.record());
        return Next.jump("hand in");
    }

    /** The step that goes on when the queue has room for a job. */
    static Next awaitEntry(DsaJob job, Cpu cpu) {
        if (job.isForeign() && !job.queue().has(Defect.S15)) {
            job.fail(cpu.nowPs(), "the file was opened by another address space");
            return Next.DONE;
        }
        DsaJob obstacle = job.queue().obstacle();
        return obstacle == null ? Next.ON : new Next.EnterAgain(obstacle.await(() -> false));
    }

    private Next allocate(Cpu cpu) {
        UserQueue queue = job.queue();
        return queue.needsRecords() ? Next.call(queue.mapRecords().call()) : Next.ON;
    }

    private Next takeRecord(Cpu cpu) {
        job.begin(startPs, job.queue().takeRecord());
        return Next.ON;
    }

    private Next touch(Cpu cpu) {
        access = new UserAccess(job.queue().mm(), job.record(), Access.WRITE);
        return Next.call(access.call());
    }

    private Next clear(Cpu cpu) {
        if (access.failed()) {
            job.fail(cpu.nowPs(), "no memory for the record");
            return Next.DONE;
        }
        for (int offset = 0; offset < CompletionRecord.BYTES; offset += Long.BYTES) {
            cpu.store(access.physical() + offset, 0);
        }
        return Next.ON;
    }

    private Next handIn(Cpu cpu) {
        job.queue().handedIn(job);
        return new HandIn(job).begin(cpu);
    }
}
