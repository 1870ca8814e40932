package svasim.models.dsa.vdcm;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Register;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.SetPasid;

/**
 * A command of the guest's driver: what is about states is the virtual device's own; what is about
 * work is done by the real one, for numbers of the guest and nobody else's.
 */
final class VirtualCommand {
    private static final Procedure<VirtualCommand> COMMAND =
            Procedure.<VirtualCommand>named("vdcm_command")
                    .sleeping("decode virtual CMD", 500_000, VirtualCommand::decode)
                    .sleeping("have the device do it", 100_000, VirtualCommand::forward)
                    .sleeping("write virtual CMDSTS", 100_000, VirtualCommand::end)
                    .build();

    private final VirtualDsa device;
    private final VirtualRegisters registers;
    private final Command command;
    private final int operand;
    private final boolean interrupts;
    private CommandError error = CommandError.NONE;

    private VirtualCommand(VirtualDsa device, long cmd) {
        this.device = device;
        this.registers = device.registers();
        this.command = Command.of((int) (cmd >>> Register.CMD_CODE_SHIFT) & 0x1f);
        this.operand = (int) cmd & Register.CMD_OPERAND_MASK;
        this.interrupts = (cmd & Register.CMD_INTERRUPT) != 0;
    }

    static Call<?> call(VirtualDsa device, long cmd) {
        return new Call<>(COMMAND, new VirtualCommand(device, cmd));
    }

    private Next decode(Cpu cpu) {
        error = command == null ? CommandError.INVALID_COMMAND : check();
        return error == CommandError.NONE ? Next.ON : Next.jump("write virtual CMDSTS");
    }

    private CommandError check() {
        return switch (command) {
            case ENABLE_DEVICE -> registers.isEnabled() ? CommandError.DEVICE_ENABLED : none();
            case ENABLE_WQ -> checkEnable();
            case DISABLE_DEVICE -> registers.isEnabled() ? none() : CommandError.DEVICE_IS_DISABLED;
            case DISABLE_WQ, DRAIN_WQ, ABORT_WQ, RESET_WQ -> checkQueue();
            case REQUEST_INTERRUPT_HANDLE, RELEASE_INTERRUPT_HANDLE -> CommandError.INVALID_COMMAND;
            default -> none();
        };
    }

    private static CommandError none() {
        return CommandError.NONE;
    }

    private CommandError checkEnable() {
        if (!registers.isEnabled()) {
            return CommandError.DEVICE_NOT_ENABLED;
        }
        if (operand != 0) {
            return CommandError.INVALID_QUEUE;
        }
        return registers.isQueueEnabled() ? CommandError.QUEUE_ENABLED : none();
    }

    private CommandError checkQueue() {
        boolean its = operand == Register.queueBit(0);
        if (!its) {
            return CommandError.INVALID_QUEUE;
        }
        return registers.isQueueEnabled() ? none() : CommandError.QUEUE_NOT_ENABLED;
    }

    /** A number that the guest does not have has no work anywhere. */
    private Next forward(Cpu cpu) {
        return switch (command) {
            case DRAIN_PASID, DISABLE_DEVICE, DRAIN_ALL, DISABLE_WQ, DRAIN_WQ ->
                    Next.call(each(Command.DRAIN_PASID));
            case ABORT_PASID, ABORT_ALL, RESET_DEVICE, ABORT_WQ, RESET_WQ ->
                    Next.call(each(Command.ABORT_PASID));
            default -> Next.ON;
        };
    }

    private Call<?> each(Command real) {
        boolean ofOne = command == Command.DRAIN_PASID || command == Command.ABORT_PASID;
        List<Call<?>> calls = new ArrayList<>();
        for (SetPasid number : device.held()) {
            if (!ofOne || number.guest() == operand) {
                String what = real == Command.DRAIN_PASID ? "drain" : "abort";
                number.tellAction(what, device.real().requesterId());
                calls.add(device.real().command(real, number.host()));
            }
        }
        return Call.sequence(calls);
    }

    private Next end(Cpu cpu) {
        if (error == CommandError.NONE) {
            changeStates();
        }
        registers.end(error);
        if (interrupts) {
            device.interrupt(cpu.nowPs());
        }
        return Next.DONE;
    }

    private void changeStates() {
        switch (command) {
            case ENABLE_DEVICE -> registers.enabled(true);
            case DISABLE_DEVICE, RESET_DEVICE -> registers.enabled(false);
            case ENABLE_WQ -> registers.queueEnabled(true);
            case DISABLE_WQ, RESET_WQ -> registers.queueEnabled(false);
            default -> {
                // No state changes.
            }
        }
    }
}
