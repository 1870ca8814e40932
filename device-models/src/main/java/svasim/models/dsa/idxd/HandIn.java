package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.os.enqcmd.Enqueued;
import svasim.os.enqcmd.KernelEnqcmds;
import svasim.os.enqcmd.UserEnqcmd;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Retry;

/**
 * Brings a descriptor to a portal: MOVDIR64B to a dedicated queue, ENQCMD to a shared one, by the
 * program if it has mapped the portal, else by the driver in write(2).
 */
final class HandIn {
    private static final Procedure<HandIn> ENQCMD =
            Procedure.<HandIn>named("dsa enqcmd")
                    .sleeping("enqcmd", 1_000, HandIn::enqcmd)
                    .sleeping("note answer", 1_000, HandIn::noteAnswer)
                    .build();

    private static final Procedure<HandIn> WRITE =
            Procedure.<HandIn>named("idxd_cdev_write")
                    .sleeping("copy descriptor", 150_000, (frame, cpu) -> Next.ON)
                    .step("iosubmit_cmds512", 20_000, HandIn::movdir64b)
                    .sleeping("return to user", 50_000, (frame, cpu) -> Next.DONE)
                    .build();

    private static final Procedure<HandIn> WRITE_SHARED =
            Procedure.<HandIn>named("idxd_cdev_write")
                    .sleeping("copy descriptor", 150_000, (frame, cpu) -> Next.ON)
                    .sleeping("idxd_enqcmds", 20_000, HandIn::enqcmds)
                    .sleeping("return to user", 50_000, HandIn::noteKernelsAnswer)
                    .build();

    private final DsaJob job;
    private final UserQueue queue;
    private UserEnqcmd enqcmd;
    private KernelEnqcmds enqcmds;
    private int refusals;

    HandIn(DsaJob job) {
        this.job = job;
        this.queue = job.queue();
    }

    /** What the program does next. */
    Next begin(Cpu cpu) {
        boolean shared = queue.queue().isShared();
        if (!queue.isPortalMapped()) {
            return Next.call(new Call<>(shared ? WRITE_SHARED : WRITE, this));
        }
        return shared ? Next.call(new Call<>(ENQCMD, this)) : store(cpu, queue.nextLine());
    }

    private Next movdir64b(Cpu cpu) {
        return store(cpu, queue.nextKernelLine());
    }

    private Next store(Cpu cpu, long line) {
        cpu.writeMmio64(line, job.descriptor().toBytes());
        return Next.ON;
    }

    /** The core puts the PASID into the descriptor. */
    private Next enqcmd(Cpu cpu) {
        enqcmd =
                new UserEnqcmd(
                        queue.mm(),
                        queue.nextVirtualLine(),
                        job.descriptor().toBytes(),
                        job.retry(),
                        job.thread()::signalPending);
        return Next.call(enqcmd.call());
    }

    private Next noteAnswer(Cpu cpu) {
        queue.statistics().retried(enqcmd.refusals());
        if (enqcmd.outcome() == Enqueued.SEGMENTATION_FAULT) {
            job.fail(cpu.nowPs(), "segmentation fault at the portal");
        } else if (enqcmd.outcome() == Enqueued.GAVE_UP) {
            job.fail(cpu.nowPs(), "queue full");
        }
        return Next.DONE;
    }

    /** The driver puts the PASID of the file into the descriptor. */
    private Next enqcmds(Cpu cpu) {
        int pasid = queue.bond().requestPasid();
        byte[] descriptor = job.descriptor().toBuilder().pasid(pasid).build().toBytes();
        job.enqueued(pasid);
        enqcmds = new KernelEnqcmds(queue.nextKernelLine(), descriptor, Retry.ofKernel());
        return Next.call(enqcmds.call());
    }

    /** write(2) has ended with EAGAIN if the queue was full; the program may try again. */
    private Next noteKernelsAnswer(Cpu cpu) {
        if (enqcmds.outcome() == Enqueued.ACCEPTED) {
            return Next.DONE;
        }
        queue.statistics().retried(1);
        if (++refusals > job.retry().times() || job.thread().signalPending()) {
            job.fail(cpu.nowPs(), "queue full");
            return Next.DONE;
        }
        cpu.spend(job.retry().pause().value());
        return Next.jump("copy descriptor");
    }
}
