package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.device.Polling;
import svasim.models.gpu.layout.Packet;
import svasim.os.file.Job.Waiting;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.paging.Access;

/** The program's library polls the signal of a packet. */
final class UserWait {
    private static final Procedure<UserWait> WAIT =
            Procedure.<UserWait>named("gpu wait")
                    .sleeping("load signal", 1_000, UserWait::load)
                    .sleeping("check signal", 2_000, UserWait::check)
                    .sleeping("poll again", 1_000, (frame, cpu) -> Next.jump("load signal"))
                    .build();

    private final GpuJob job;
    private final Waiting thread;
    private UserAccess access;

    private UserWait(GpuJob job, Waiting thread) {
        this.job = job;
        this.thread = thread;
    }

    static Call<?> call(GpuJob job, Waiting thread) {
        return new Call<>(WAIT, new UserWait(job, thread));
    }

    private Next load(Cpu cpu) {
        if (job.result() != null || thread.signalPending()) {
            return Next.DONE;
        }
        access = new UserAccess(job.context().mm(), job.signal(), Access.READ);
        return Next.call(access.call());
    }

    private Next check(Cpu cpu) {
        if (access.failed()) {
            job.fail(cpu.nowPs(), "signal not readable");
            return Next.DONE;
        }
        long value = cpu.load(access.physical());
        if (value != Packet.PENDING) {
            job.end(cpu.nowPs(), value);
            return Next.DONE;
        }
        if (job.context().isStopped() || Polling.isHopeless(cpu, job.startPs())) {
            job.fail(cpu.nowPs(), "the queue has been taken off");
            return Next.DONE;
        }
        return Polling.pause(cpu, job.startPs());
    }
}
