package svasim.models.dsa.idxd;

import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * idxd_cmd_exec: has the device carry out a command and waits for its interrupt, without a limit of
 * time, as the driver does. A device that has halted, or that is gone, is not asked.
 */
final class IdxdCommand {
    private static final Procedure<IdxdCommand> CMD_EXEC =
            Procedure.<IdxdCommand>named("idxd_cmd_exec")
                    .sleeping("take command lock", 30_000, IdxdCommand::lock)
                    .step("write CMD", 20_000, IdxdCommand::write)
                    .sleeping("wait for completion", 50_000, IdxdCommand::awaitInterrupt)
                    .sleeping("read CMDSTS", 20_000, IdxdCommand::readStatus)
                    .build();

    /** What all ones read as, too. */
    private static final int NOT_CARRIED_OUT = (int) Register.CMDSTS_ERROR_MASK;

    private final DsaDriver driver;
    private final Command command;
    private final int operand;
    private boolean ofReset;
    private int error;

    IdxdCommand(DsaDriver driver, Command command, int operand) {
        this.driver = driver;
        this.command = command;
        this.operand = operand;
    }

    /** A command for one queue. */
    static Call<?> forQueue(DsaDriver driver, Command command, int queue) {
        return new IdxdCommand(driver, command, Register.queueBit(queue)).call();
    }

    /** Is not held up until the end of a reset, but part of it. */
    IdxdCommand ofReset() {
        ofReset = true;
        return this;
    }

    Call<?> call() {
        return new Call<>(CMD_EXEC, this);
    }

    /** Error byte of CMDSTS, 0 for success; valid after the call. */
    int error() {
        return error;
    }

    private Next lock(Cpu cpu) {
        Next wait = ofReset ? Next.ON : driver.reset().awaitEnd();
        if (wait != Next.ON) {
            return wait;
        }
        if (driver.isHalted() || readsHalted(cpu)) {
            error = NOT_CARRIED_OUT;
            return Next.DONE;
        }
        return driver.commandLock().take(this);
    }

    /**
     * idxd_device_is_halted: the driver looks at GENSTS before each command. Registers that nobody
     * has enabled behind a reset read as all ones, which is the state "halted", too. The time of
     * the look is that of the step where they answer.
     */
    private boolean readsHalted(Cpu cpu) {
        if (driver.host().device().features().memoryEnabled()) {
            return false;
        }
        long state = driver.registers().read(cpu, Register.GENSTS) & Register.GENSTS_STATE_MASK;
        return state == Register.GENSTS_HALTED;
    }

    private Next write(Cpu cpu) {
        driver.expectInterrupt();
        driver.registers().command(cpu, command, operand);
        return Next.ON;
    }

    private Next awaitInterrupt(Cpu cpu) {
        return driver.awaitInterrupt();
    }

    private Next readStatus(Cpu cpu) {
        DeviceRegisters registers = driver.registers();
        registers.write(cpu, Register.INTCAUSE, Register.INTCAUSE_COMMAND);
        error = (int) (registers.read(cpu, Register.CMDSTS) & Register.CMDSTS_ERROR_MASK);
        driver.commandLock().give(this);
        return Next.DONE;
    }
}
