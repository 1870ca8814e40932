package svasim.os.iommu;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.QueueCommand;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Commands written into a ring, with a completion behind them and a busy loop on that; all of it
 * again if the unit has aborted the completion.
 */
public final class RingSubmission {
    private static final long WRITE_PS = 40_000;
    private static final long NOT_YET = -1;

    private final CommandRing ring;
    private final List<? extends QueueCommand> commands;
    private final CommandRing.Completion completion;
    private final boolean watches;
    private long beganPs = NOT_YET;
    private long position;
    private long looks;
    private boolean restarted;

    RingSubmission(
            CommandRing ring,
            List<? extends QueueCommand> commands,
            CommandRing.Completion completion,
            boolean watches) {
        this.ring = ring;
        this.commands = commands;
        this.completion = completion;
        this.watches = watches;
    }

    /**
     * The procedure, with the names that readers of the driver know.
     *
     * @param write name of the step that fills the ring
     * @param poll name of the step that waits
     * @param pollPs time between two looks
     */
    public static Procedure<RingSubmission> named(
            String name, String write, String poll, long pollPs) {
        return Procedure.<RingSubmission>named(name)
                .step(write, WRITE_PS, RingSubmission::write)
                .step(poll, pollPs, RingSubmission::poll)
                .build();
    }

    private Next write(Cpu cpu) {
        beganPs = beganPs == NOT_YET ? cpu.nowPs() - WRITE_PS : beganPs;
        if (!ring.hasRoom(cpu, commands.size() + (completion == null ? 0 : 1))) {
            return Next.AGAIN;
        }
        commands.forEach(command -> ring.write(cpu, command));
        position = completion == null ? -1 : completion.write(cpu);
        if (watches) {
            ring.watch(position);
        }
        ring.ring(cpu);
        return watches ? Next.ON : Next.DONE;
    }

    private Next poll(Cpu cpu) {
        if (restarted) {
            return Next.DONE;
        }
        CommandRing.Fate fate = ring.fate(cpu, position, looks++);
        if (fate == CommandRing.Fate.PENDING) {
            return Next.AGAIN;
        }
        ring.seen(position);
        restarted = fate == CommandRing.Fate.ABORTED;
        if (fate == CommandRing.Fate.DONE) {
            ring.completed(commands, cpu.nowPs() - beganPs);
        }
        return restarted ? new Next.EnterAgain(ring.submit(commands, completion)) : Next.DONE;
    }
}
