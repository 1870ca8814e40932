package svasim.iommu.smmuv3;

import svasim.iommu.core.CommandReader;
import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.Register64;
import svasim.iommu.core.RegisterBlock;
import svasim.iommu.core.Surroundings;

/** The command queue: its registers (6.3.26 to 6.3.28), its errors, its reader (3.5.1, 4.1). */
final class CommandQueue implements RegisterBlock, CommandReader.Executor {
    private static final long BASE_BITS = 1L << 62 | (1L << 56) - (1L << 5) | 0x1F;
    private static final int END = RegisterOffset.CMDQ_CONS + Integer.BYTES;

    private final Control control;
    private final GlobalErrors errors;
    private final CommandCheck check;
    private final Commands commands;
    private final int limitLog2;
    private final MemoryQueue ring = new MemoryQueue();
    private final CommandReader reader;
    private final Register64 base = new Register64(BASE_BITS);

    private long indexMask;
    private CommandError error = CommandError.NONE;

    CommandQueue(
            SmmuConfig config,
            Control control,
            GlobalErrors errors,
            Commands commands,
            Surroundings around) {
        Features features = config.decoded();
        this.control = control;
        this.errors = errors;
        this.check = new CommandCheck(features);
        this.commands = commands;
        this.limitLog2 = features.queueLimit(IdField.CMDQS);
        this.reader =
                new CommandReader(
                        around.name() + ".cmdq", ring, config.command().value(), this, around);
        configure();
    }

    /** CMDQEN has changed. */
    void enable(boolean on) {
        reader.enable(on);
        if (errors.active(Gerror.CMDQ_ERR)) {
            reader.halt();
        }
    }

    /** What the command at the head waits for may have come. */
    void kick() {
        reader.kick();
    }

    /** Software has acknowledged the error: the command is fetched again. */
    void errorAcknowledged() {
        error = CommandError.NONE;
        reader.restart();
    }

    boolean idle() {
        return reader.idle() || reader.stopped();
    }

    @Override
    public boolean has(int offset) {
        return offset >= RegisterOffset.CMDQ_BASE && offset < END;
    }

    @Override
    public int read(int offset) {
        return switch (offset) {
            case RegisterOffset.CMDQ_PROD -> ring.tail();
            case RegisterOffset.CMDQ_CONS -> ring.head() | error.field();
            default -> base.half(offset);
        };
    }

    @Override
    public void write(int offset, int value) {
        if (offset == RegisterOffset.CMDQ_PROD) {
            ring.tail((int) (value & indexMask));
            reader.kick();
        } else if (control.off(Cr0.CMDQEN)) {
            writeWhileOff(offset, value);
        }
    }

    private void writeWhileOff(int offset, int value) {
        if (offset == RegisterOffset.CMDQ_CONS) {
            ring.head((int) (value & indexMask));
            error = CommandError.NONE;
        } else {
            base.half(offset, value);
            configure();
        }
    }

    private void configure() {
        QueueBase decoded = QueueBase.of(base.value(), limitLog2, Command.BYTES);
        ring.configure(decoded.address(), decoded.log2(), Command.BYTES, true);
        indexMask = decoded.indexMask();
    }

    @Override
    public CommandReader.Outcome execute(long[] words, long nowPs) {
        Command command = new Command(words[0], words[1]);
        if (check.illegal(command)) {
            return stop(CommandError.ILLEGAL);
        }
        return switch (commands.execute(Opcode.of(command.opcode()), command)) {
            case DONE -> CommandReader.Outcome.DONE;
            case WAITS -> CommandReader.Outcome.WAITS;
            case TIMED_OUT -> stop(CommandError.ATC_INVALIDATION_TIMEOUT);
        };
    }

    QueueView view() {
        return new QueueView("command queue", ring, this::name);
    }

    @Override
    public String name(long[] words) {
        return "CMD_" + Opcode.of(new Command(words[0], words[1]).opcode());
    }

    @Override
    public void unreadable(long nowPs) {
        stop(CommandError.ABORT);
    }

    private CommandReader.Outcome stop(CommandError why) {
        error = why;
        errors.raise(Gerror.CMDQ_ERR);
        return CommandReader.Outcome.STOPPED;
    }
}
