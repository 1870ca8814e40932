package svasim.os.enqcmd;

import svasim.cpu.Cpu;
import svasim.cpu.Enqueue;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Retry;

/** The kernel's ENQCMDS (iosubmit_cmds512 of a shared queue) until taken or given up. */
public final class KernelEnqcmds {
    private static final Procedure<KernelEnqcmds> ENQCMDS =
            Procedure.<KernelEnqcmds>named("enqcmds")
                    .step("ENQCMDS", 10_000, KernelEnqcmds::execute)
                    .step("test ZF", 1_000, KernelEnqcmds::test)
                    .step("cpu_relax", 0, KernelEnqcmds::pause)
                    .build();

    private final long portal;
    private final byte[] descriptor;
    private final Retry retry;
    private Enqueue enqueue;
    private int refusals;

    /**
     * @param portal physical address of a 64-byte line of the portal, which the kernel has mapped
     * @param descriptor 64 bytes with PASID and privilege in the first word
     */
    public KernelEnqcmds(long portal, byte[] descriptor, Retry retry) {
        this.portal = portal;
        this.descriptor = descriptor;
        this.retry = retry;
    }

    public Call<?> call() {
        return new Call<>(ENQCMDS, this);
    }

    /** The outcome, once the call has run. */
    public Enqueued outcome() {
        return enqueue.isAccepted() ? Enqueued.ACCEPTED : Enqueued.GAVE_UP;
    }

    private Next execute(Cpu cpu) {
        enqueue = cpu.enqcmds(portal, descriptor);
        return Next.stall(enqueue);
    }

    private Next test(Cpu cpu) {
        boolean over = enqueue.isAccepted() || ++refusals > retry.times();
        return over ? Next.DONE : Next.ON;
    }

    private Next pause(Cpu cpu) {
        cpu.spend(retry.pause().value());
        return Next.jump("ENQCMDS");
    }
}
