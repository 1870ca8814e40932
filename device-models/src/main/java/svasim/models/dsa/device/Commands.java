package svasim.models.dsa.device;

import java.util.List;
import java.util.function.Predicate;
import svasim.kernel.Kernel;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;

/**
 * Carries out what software writes to CMD, one command at a time. A command is active until its
 * condition holds: disabling and draining wait for work to end by itself, aborting discards it.
 */
final class Commands {
    private final Kernel kernel;
    private final long commandPs;
    private final DeviceState device;
    private final Engines engines;
    private final InterruptHandles handles;
    private final Runnable interrupt;
    private Command active;

    /** Number of the active command: what an earlier one still awaits no longer counts. */
    private long number;

    private boolean wantsInterrupt;
    private CommandError error = CommandError.NONE;
    private int result;

    /**
     * @param commandPs least time that a command takes
     * @param interrupt called at the end of a command that asked for it
     */
    Commands(
            Kernel kernel,
            long commandPs,
            DeviceState device,
            Engines engines,
            InterruptHandles handles,
            Runnable interrupt) {
        this.kernel = kernel;
        this.commandPs = commandPs;
        this.device = device;
        this.engines = engines;
        this.handles = handles;
        this.interrupt = interrupt;
    }

    /** CMDSTS. */
    long status() {
        return error.code()
                | (long) result << Register.CMDSTS_RESULT_SHIFT
                | (active == null ? 0 : Register.CMDSTS_ACTIVE);
    }

    /** CMD is written; ignored while a command is active. */
    void write(long value) {
        if (active != null) {
            return;
        }
        int operand = (int) value & Register.CMD_OPERAND_MASK;
        Command command = Command.of((int) (value >>> Register.CMD_CODE_SHIFT) & 0x1f);
        wantsInterrupt = (value & Register.CMD_INTERRUPT) != 0;
        if (command == null) {
            end(CommandError.INVALID_COMMAND);
            return;
        }
        active = command;
        error = CommandError.NONE;
        result = 0;
        long mine = ++number;
        kernel.after(
                commandPs,
                (now, kind, data) -> {
                    if (mine == number) {
                        start(now, (int) data);
                    }
                },
                0,
                operand);
    }

    /** Forgets a command that is active. */
    void reset() {
        active = null;
        number++;
        error = CommandError.NONE;
        result = 0;
    }

    /** The command that is being carried out, or null. */
    Command active() {
        return active;
    }

    private void start(long nowPs, int operand) {
        Command command = active;
        switch (command) {
            case ENABLE_DEVICE -> end(device.enable());
            case ENABLE_WQ -> enable(operand);
            case DRAIN_PASID -> drain(device.queues(), work -> work.pasid() == operand);
            case ABORT_PASID -> abort(nowPs, work -> work.pasid() == operand, () -> {});
            case REQUEST_INTERRUPT_HANDLE -> requestHandle(operand);
            case RELEASE_INTERRUPT_HANDLE ->
                    end(
                            handles.release(operand)
                                    ? CommandError.NONE
                                    : CommandError.INTERRUPT_INDEX);
            case DISABLE_DEVICE, DRAIN_ALL, ABORT_ALL, RESET_DEVICE -> all(nowPs, command);
            case DISABLE_WQ, DRAIN_WQ, ABORT_WQ, RESET_WQ -> queues(nowPs, command, operand);
        }
    }

    private void enable(int queue) {
        CommandError outcome = device.enableQueue(queue);
        if (outcome == CommandError.NONE) {
            engines.enabled(device.queues().get(queue));
        }
        end(outcome);
    }

    private void requestHandle(int operand) {
        if (!InterruptHandles.isEntry(operand)) {
            end(CommandError.INTERRUPT_INDEX);
            return;
        }
        int handle = handles.request(operand);
        result = handle == InterruptHandles.REFUSED ? 0 : handle;
        end(
                handle == InterruptHandles.REFUSED
                        ? CommandError.NO_INTERRUPT_HANDLE
                        : CommandError.NONE);
    }

    private void all(long nowPs, Command command) {
        List<WorkQueue> queues = device.queues();
        switch (command) {
            case DISABLE_DEVICE -> {
                if (!device.beginDisable()) {
                    end(CommandError.DEVICE_IS_DISABLED);
                    return;
                }
                awaitNone(queues, work -> true, device::disabled);
            }
            case DRAIN_ALL -> drain(queues, work -> true);
            case ABORT_ALL -> abort(nowPs, work -> true, () -> {});
            default -> {
                if (device.needsMoreThanACommand()) {
                    end(CommandError.HARDWARE_ERROR);
                    return;
                }
                abort(nowPs, work -> true, device::reset);
            }
        }
    }

    private void queues(long nowPs, Command command, int operand) {
        List<WorkQueue> queues = device.queues(operand);
        if (queues.isEmpty()) {
            end(CommandError.INVALID_QUEUE);
        } else if (command == Command.RESET_WQ) {
            abort(nowPs, of(queues), () -> queues.forEach(WorkQueue::clear));
        } else if (queues.stream().anyMatch(q -> q.state() != QueueState.ENABLED)) {
            end(CommandError.QUEUE_NOT_ENABLED);
        } else if (command == Command.DRAIN_WQ) {
            drain(queues, work -> true);
        } else if (command == Command.ABORT_WQ) {
            abort(nowPs, of(queues), () -> {});
        } else {
            queues.forEach(queue -> queue.state(QueueState.DRAINING));
            awaitNone(
                    queues,
                    work -> true,
                    () -> queues.forEach(queue -> queue.state(QueueState.DISABLED)));
        }
    }

    private static Predicate<Work> of(List<WorkQueue> queues) {
        return work -> queues.contains(work.queue());
    }

    /** Waits for the work that is there now. */
    private void drain(List<WorkQueue> queues, Predicate<Work> which) {
        long last = device.lastWork();
        awaitNone(queues, work -> work.id() <= last && which.test(work), () -> {});
    }

    /** Discards the work that is there now. */
    private void abort(long nowPs, Predicate<Work> which, Runnable then) {
        long last = device.lastWork();
        Predicate<Work> present = work -> work.id() <= last && which.test(work);
        engines.abort(nowPs, present);
        awaitNone(device.queues(), present, then);
    }

    private void awaitNone(List<WorkQueue> queues, Predicate<Work> which, Runnable then) {
        long mine = number;
        awaitNext(
                queues,
                which,
                () -> {
                    if (mine == number) {
                        then.run();
                        end(CommandError.NONE);
                    }
                });
    }

    private static void awaitNext(List<WorkQueue> queues, Predicate<Work> which, Runnable then) {
        if (queues.isEmpty()) {
            then.run();
        } else {
            List<WorkQueue> rest = queues.subList(1, queues.size());
            queues.get(0).awaitNone(which, () -> awaitNext(rest, which, then));
        }
    }

    private void end(CommandError outcome) {
        active = null;
        error = outcome;
        if (wantsInterrupt) {
            interrupt.run();
        }
    }
}
