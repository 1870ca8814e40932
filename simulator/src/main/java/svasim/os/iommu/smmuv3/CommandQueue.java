package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.CommandError;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.iommu.smmuv3.QueueBase;
import svasim.iommu.smmuv3.RegisterOffset;
import svasim.os.iommu.CommandRing;
import svasim.os.iommu.RingSubmission;
import svasim.os.iommu.UnitRegisters;
import svasim.os.iommu.UnitSite;
import svasim.os.procedure.Procedure;

/**
 * The command queue. A synchronisation overwrites its own first word with 0 when it is done, if the
 * unit can write messages; else the consumer index is polled.
 */
final class CommandQueue extends CommandRing {
    /** One frame of commands at most. */
    private static final int LARGEST_LOG2 = 8;

    private static final long LOOK_PS = 40_000;
    private static final long SECOND_PS = 1_000_000_000_000L;

    private static final Procedure<RingSubmission> ISSUE =
            RingSubmission.named(
                    "arm_smmu_cmdq_issue_cmdlist", "write commands", "wait for CMD_SYNC", LOOK_PS);

    private final UnitRegisters registers;
    private final int log2;
    private final boolean messages;

    /** Position up to which the unit is known to have got. */
    private long known;

    CommandQueue(UnitRegisters registers, Features has, UnitSite site) {
        super(ISSUE, new Shape(1 << log2(has), Command.BYTES, 0), site.frames(), site.owner());
        this.registers = registers;
        this.log2 = log2(has);
        this.messages = has.has(IdField.MSI) && has.has(IdField.COHACC);
    }

    private static int log2(Features has) {
        return Math.min(has.get(IdField.CMDQS), LARGEST_LOG2);
    }

    /** Gives the unit the ring, while the queue is off. */
    void program(Cpu cpu) {
        registers.write64(cpu, RegisterOffset.CMDQ_BASE, new QueueBase(base(), log2).register());
        registers.write32(cpu, RegisterOffset.CMDQ_PROD, 0);
        registers.write32(cpu, RegisterOffset.CMDQ_CONS, 0);
    }

    @Override
    protected long writeCompletion(Cpu cpu) {
        return write(cpu, messages ? Command.syncByMessage(address(tail())) : Command.sync());
    }

    /** One second (ARM_SMMU_POLL_TIMEOUT_US). */
    @Override
    protected long mostLooks() {
        return SECOND_PS / LOOK_PS;
    }

    @Override
    protected boolean isDone(Cpu cpu, long position) {
        return messages
                ? (int) cpu.load(address(position)) == 0
                : consumed(cpu, known, tail()) > position;
    }

    @Override
    protected long consumed(Cpu cpu, long from, long to) {
        int index = registers.read32(cpu, RegisterOffset.CMDQ_CONS) & indexMask();
        known += index - known & indexMask();
        return known;
    }

    @Override
    protected void ring(Cpu cpu) {
        registers.write32(cpu, RegisterOffset.CMDQ_PROD, (int) tail() & indexMask());
    }

    /**
     * arm_smmu_cmdq_skip_err: replaces a command that the unit does not know by a synchronisation;
     * anything else is tried again as it is.
     */
    void skipError(Cpu cpu) {
        int consumer = registers.read32(cpu, RegisterOffset.CMDQ_CONS);
        if (CommandError.ILLEGAL.isIn(consumer)) {
            long at = address(consumer & slots() - 1);
            cpu.store(at + Long.BYTES, Command.sync().word1());
            cpu.store(at, Command.sync().word0());
        }
    }

    private int indexMask() {
        return 2 * slots() - 1;
    }
}
