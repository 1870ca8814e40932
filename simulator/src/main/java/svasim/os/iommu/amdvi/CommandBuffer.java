package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.iommu.amdvi.Command;
import svasim.iommu.amdvi.RegisterOffset;
import svasim.iommu.amdvi.RingBase;
import svasim.memory.FrameUse;
import svasim.os.iommu.CommandRing;
import svasim.os.iommu.RingSubmission;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Procedure;

/**
 * The command buffer of 512 commands. Completion waits store rising numbers to one word (cmd_sem).
 */
final class CommandBuffer extends CommandRing {
    private static final int LOG2 = 9;
    private static final int SLOTS = 1 << LOG2;
    private static final long LOOK_PS = 40_000;
    private static final long TIMEOUT_PS = 100_000_000_000L;

    private static final Procedure<RingSubmission> QUEUE =
            RingSubmission.named(
                    "iommu_queue_command", "write commands", "wait on cmd_sem", LOOK_PS);

    private final UnitRegisters registers;
    private final long semaphore;

    CommandBuffer(UnitRegisters registers, UnitSite site) {
        super(QUEUE, new Shape(SLOTS, RingBase.ENTRY_BYTES, 1), site.frames(), site.owner());
        this.registers = registers;
        this.semaphore = site.frames().allocate(FrameUse.QUEUE, site.owner());
    }

    /** Gives the unit the ring, while the buffer is off. */
    void program(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.COMMAND_BUFFER_BASE, RingBase.of(base(), LOG2));
        registers.write64(cpu, RegisterOffset.COMMAND_HEAD, 0);
        registers.write64(cpu, RegisterOffset.COMMAND_TAIL, 0);
    }

    @Override
    protected long writeCompletion(Cpu cpu) {
        return write(cpu, Command.completionWait(semaphore, tail() + 1));
    }

    /** 100 ms (LOOP_TIMEOUT): "Completion-Wait loop timed out". */
    @Override
    protected long mostLooks() {
        return TIMEOUT_PS / LOOK_PS;
    }

    @Override
    protected boolean isDone(Cpu cpu, long position) {
        return cpu.load(semaphore) > position;
    }

    @Override
    protected long consumed(Cpu cpu, long from, long to) {
        int head = registers.read32(cpu, RegisterOffset.COMMAND_HEAD) / RingBase.ENTRY_BYTES;
        return from + Math.floorMod(head - from, SLOTS);
    }

    @Override
    protected void ring(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.COMMAND_TAIL, slot(tail()) * RingBase.ENTRY_BYTES);
    }
}
