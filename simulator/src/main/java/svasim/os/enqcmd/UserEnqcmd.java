package svasim.os.enqcmd;

import java.util.function.BooleanSupplier;
import svasim.cpu.Cpu;
import svasim.cpu.Enqueue;
import svasim.cpu.Ia32Pasid;
import svasim.os.mm.Mm;
import svasim.os.mm.UserAccess;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Retry;
import svasim.os.task.Task;
import svasim.paging.Access;
import svasim.trace.Kind;

/**
 * A program's ENQCMD until the device has taken the descriptor or the program gives up. The first
 * one of a task ends in #GP, whose handler gives the task the PASID of its address space, once;
 * then the instruction is run again.
 */
public final class UserEnqcmd {
    private static final String EXECUTE = "ENQCMD";

    private static final Procedure<UserEnqcmd> ENQCMD =
            Procedure.<UserEnqcmd>named("user enqcmd")
                    .sleeping("access portal", 1_000, UserEnqcmd::access)
                    .step(EXECUTE, 10_000, UserEnqcmd::execute)
                    .sleeping("test ZF", 1_000, UserEnqcmd::test)
                    .sleeping("pause", 0, UserEnqcmd::pause)
                    .step("exc_general_protection", 250_000, UserEnqcmd::enterKernel)
                    .step("try_fixup_enqcmd_gp", 50_000, UserEnqcmd::fixUp)
                    .sleeping("return to user", 150_000, UserEnqcmd::again)
                    .build();

    private final Mm mm;
    private final long portal;
    private final byte[] descriptor;
    private final Retry retry;
    private final BooleanSupplier signalPending;
    private UserAccess access;
    private Enqueue enqueue;
    private Enqueued outcome;
    private int refusals;

    /**
     * @param mm address space that the calling task runs in
     * @param portal virtual address of a 64-byte line of the portal
     * @param descriptor 64 bytes; the PASID in its first word is of no account
     * @param signalPending whether the task should not go on in user mode
     */
    public UserEnqcmd(
            Mm mm, long portal, byte[] descriptor, Retry retry, BooleanSupplier signalPending) {
        this.mm = mm;
        this.portal = portal;
        this.descriptor = descriptor;
        this.retry = retry;
        this.signalPending = signalPending;
    }

    public Call<?> call() {
        return new Call<>(ENQCMD, this);
    }

    /** The outcome, once the call has run. */
    public Enqueued outcome() {
        return outcome;
    }

    /** How often the device answered "retry". */
    public int refusals() {
        return refusals;
    }

    private Next access(Cpu cpu) {
        access = new UserAccess(mm, portal, Access.WRITE);
        return Next.call(access.call());
    }

    /** The mapping may have gone since the last step; then the access is tried again. */
    private Next execute(Cpu cpu) {
        if (access.failed()) {
            return end(Enqueued.SEGMENTATION_FAULT);
        }
        long physical = access.physicalNow(cpu);
        if (physical == UserAccess.NOT_THERE) {
            return Next.jump("access portal");
        }
        enqueue = cpu.enqcmd(physical, descriptor);
        if (enqueue != null) {
            tellEnqueued(cpu);
        }
        return enqueue == null ? Next.jump("exc_general_protection") : Next.stall(enqueue);
    }

    private Next test(Cpu cpu) {
        if (enqueue.isAccepted()) {
            return end(Enqueued.ACCEPTED);
        }
        refusals++;
        boolean over = refusals > retry.times() || signalPending.getAsBoolean();
        return over ? end(Enqueued.GAVE_UP) : Next.ON;
    }

    private Next pause(Cpu cpu) {
        cpu.spend(retry.pause().value());
        return Next.jump("access portal");
    }

    private Next enterKernel(Cpu cpu) {
        return Next.ON;
    }

    private Next fixUp(Cpu cpu) {
        Task task = mm.currentTask();
        if (mm.pasid() == Mm.NO_PASID || task.pasidActivated()) {
            tell(Kind.PASID_FIX_UP_REFUSED, task.id(), mm.pasid());
            return end(Enqueued.SEGMENTATION_FAULT);
        }
        cpu.pasidRegister(Ia32Pasid.of(mm.pasid()));
        task.pasidActivated(true);
        tell(Kind.PASID_FIXED_UP, task.id(), mm.pasid());
        return Next.ON;
    }

    private Next again(Cpu cpu) {
        return Next.jump("access portal");
    }

    private void tellEnqueued(Cpu cpu) {
        int carried = Ia32Pasid.pasid(cpu.pasidRegister());
        mm.tell(Kind.ENQUEUED, carried, mm.id(), mm.pasid());
    }

    private void tell(Kind kind, int task, int pasid) {
        mm.tell(kind, task, mm.id(), pasid);
    }

    private Next end(Enqueued how) {
        outcome = how;
        return Next.DONE;
    }
}
