package svasim.models.gpu.driver;

import svasim.cpu.Cpu;
import svasim.models.gpu.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.units.Picoseconds;

/**
 * Takes a queue off the hardware and waits until nothing of it is under way. A queue that does not
 * drain in time, since its wavefronts wait for pages that do not come, has them thrown away.
 */
final class GpuStop {
    private static final long POLL_PS = 2 * Picoseconds.PER_MICROSECOND;

    /** Linux waits 4 s or 9 s (amdkfd); assumed shorter, so that runs are. */
    private static final long PATIENCE_PS = 5_000 * Picoseconds.PER_MICROSECOND;

    private static final Procedure<GpuStop> STOP =
            Procedure.<GpuStop>named("gpu_stop")
                    .sleeping("unmap queue", 100_000, GpuStop::begin)
                    .sleeping("read status", 20_000, GpuStop::look)
                    .sleeping("read again", 1_000, (frame, cpu) -> Next.jump("read status"))
                    .build();

    private static final Procedure<GpuStop> ASK =
            Procedure.<GpuStop>named("gpu_stop")
                    .step("unmap queue", 100_000, GpuStop::begin)
                    .build();

    private final GpuContext context;
    private long command;
    private long startPs;

    private GpuStop(GpuContext context, long command) {
        this.context = context;
        this.command = command;
    }

    /** Lets wavefronts come to their end. */
    static Call<?> drain(GpuContext context) {
        return new Call<>(STOP, new GpuStop(context, Register.UNMAP_QUEUE));
    }

    /** Throws wavefronts away: their process has ended. */
    static Call<?> reset(GpuContext context) {
        return new Call<>(STOP, new GpuStop(context, Register.RESET_QUEUE));
    }

    /** The same, by somebody who must not wait for it. */
    static Call<?> ask(GpuContext context) {
        return new Call<>(ASK, new GpuStop(context, Register.RESET_QUEUE));
    }

    /** The address space ends; a caller that must not sleep cannot wait for the device. */
    static Call<?> onExit(GpuContext context, boolean maySleep) {
        if (context == null) {
            return Call.nothing();
        }
        return maySleep ? reset(context) : ask(context);
    }

    private Next begin(Cpu cpu) {
        startPs = cpu.nowPs();
        context.stop();
        give(cpu);
        return Next.ON;
    }

    private void give(Cpu cpu) {
        context.driver().write(cpu, Register.QUEUE, context.queue());
        context.driver().write(cpu, Register.COMMAND, command);
    }

    private Next look(Cpu cpu) {
        GpuDriver driver = context.driver();
        if (driver.status(cpu, context.queue()) != Register.IDLE) {
            boolean late = cpu.nowPs() - startPs > PATIENCE_PS;
            if (late && command == Register.UNMAP_QUEUE) {
                command = Register.RESET_QUEUE;
                give(cpu);
            }
            return Next.sleep(POLL_PS);
        }
        context.mapped(false);
        driver.host().sva().deviceStopped(context.bond());
        return Next.DONE;
    }
}
