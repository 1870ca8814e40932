package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Status;
import svasim.os.file.Job.Waiting;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/**
 * The program's library polls a completion record, more and more rarely; a thread that is to be
 * killed stops polling, and any thread gives up after a time that no working device takes.
 */
final class UserWait {
    private static final Procedure<UserWait> WAIT =
            Procedure.<UserWait>named("dsa wait")
                    .sleeping("load record", 1_000, UserWait::load)
                    .sleeping("check status", 2_000, UserWait::check)
                    .sleeping("umwait", 5_000, UserWait::pause)
                    .sleeping("poll again", 1_000, (frame, cpu) -> Next.jump("load record"))
                    .sleeping("touch missing page", 5_000, UserWait::touch)
                    .sleeping("resume", 10_000, UserWait::resume)
                    .sleeping("poll rest", 1_000, (frame, cpu) -> Next.jump("load record"))
                    .sleeping("look at members", 2_000, UserWait::lookAtMembers)
                    .build();

    private final DsaJob job;
    private final Waiting thread;
    private RecordAccess record;
    private UserAccess access;
    private CompletionRecord found;

    private UserWait(DsaJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(DsaJob job, Waiting thread) {
        return new Call<>(WAIT, new UserWait(job, thread));
    }

    private Next load(Cpu cpu) {
        if (job.result() != null) {
            return Next.DONE;
        }
        record = new RecordAccess(job);
        return Next.call(record.call());
    }

    private Next check(Cpu cpu) {
        if (record.failed()) {
            return end(cpu, "record not readable");
        }
        found = record.load(cpu);
        if (found.status() == Status.NONE) {
            return Next.ON;
        }
        if (job.mayResume(found)) {
            return Next.jump("touch missing page");
        }
        if (job.hasMembersToLookAt(found)) {
            return Next.jump("look at members");
        }
        job.end(cpu.nowPs(), found);
        return Next.DONE;
    }

    private Next pause(Cpu cpu) {
        if (thread.signalPending()) {
            return Next.DONE;
        }
        return Polling.isHopeless(cpu, job.startPs())
                ? end(cpu, "no completion record")
                : Polling.pause(cpu, job.startPs());
    }

    private Next touch(Cpu cpu) {
        int wanted = found.writeFault() ? Access.WRITE : Access.READ;
        access = new UserAccess(job.queue().mm(), found.faultAddress(), wanted);
        return Next.call(access.call());
    }

    private Next resume(Cpu cpu) {
        if (access.failed()) {
            job.end(cpu.nowPs(), found);
            return Next.DONE;
        }
        job.resume(found);
        return Next.call(UserSubmit.again(job));
    }

    private Next lookAtMembers(Cpu cpu) {
        return Next.call(BatchRest.call(job, thread));
    }

    private Next end(Cpu cpu, String why) {
        job.fail(cpu.nowPs(), why);
        return Next.DONE;
    }
}
