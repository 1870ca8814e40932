package svasim.iommu.amdvi;

import svasim.iommu.core.CommandReader;
import svasim.iommu.core.MemoryQueue;
import svasim.iommu.core.QueueView;
import svasim.iommu.core.Surroundings;

/**
 * The command buffer and its commands (5). An illegal command, or one that cannot be read, stops it
 * with an event until software switches it off and on.
 */
final class CommandBuffer implements CommandReader.Executor {
    private final CommandCheck check;
    private final CommandTargets targets;
    private final Events events;
    private final CompletionWait wait;
    private final MemoryQueue ring = new MemoryQueue();
    private final CommandReader reader;
    private boolean enabled;

    CommandBuffer(AmdViConfig config, CommandTargets targets, Logs logs, Surroundings around) {
        this.check = new CommandCheck(config.decoded());
        this.targets = targets;
        this.events = logs.events();
        this.wait =
                new CompletionWait(
                        targets::quiet, targets.pageRequests(), logs.status(), around, this::kick);
        this.reader =
                new CommandReader(
                        around.name() + ".cmdbuf", ring, config.command().value(), this, around);
    }

    MemoryQueue ring() {
        return ring;
    }

    /** Software has switched the buffer on or off. */
    void enable(boolean on) {
        if (on == enabled) {
            return;
        }
        enabled = on;
        wait.abandon();
        reader.enable(on);
    }

    /** The tail has moved, or what the command at the head waits for may have come. */
    void kick() {
        reader.kick();
    }

    /** CmdBufRun. */
    boolean running() {
        return enabled && !reader.stopped();
    }

    boolean idle() {
        return reader.idle() || reader.stopped();
    }

    @Override
    public CommandReader.Outcome execute(long[] words, long nowPs) {
        Command command = new Command(words[0], words[1]);
        if (check.illegal(command)) {
            stop(Event.ILLEGAL_COMMAND_ERROR);
            return CommandReader.Outcome.STOPPED;
        }
        return switch (Opcode.of(command.opcode())) {
            case COMPLETION_WAIT -> wait.execute(command);
            case INVALIDATE_IOTLB_PAGES -> invalidateIotlb(command);
            case INVALIDATE_DEVTAB_ENTRY ->
                    done(() -> targets.invalidator().device(command.deviceId()));
            case INVALIDATE_IOMMU_PAGES -> done(() -> targets.invalidator().pages(command));
            case INVALIDATE_IOMMU_ALL -> done(targets.invalidator()::everything);
            case COMPLETE_PPR_REQUEST -> done(() -> targets.pageRequests().complete(command));
            case PREFETCH_IOMMU_PAGES -> done(() -> targets.prefetches().start(command));
            case INVALIDATE_INTERRUPT_TABLE -> CommandReader.Outcome.DONE;
        };
    }

    private static CommandReader.Outcome done(Runnable action) {
        action.run();
        return CommandReader.Outcome.DONE;
    }

    /** Waits until the unit itself holds nothing old that the device could fetch again. */
    private CommandReader.Outcome invalidateIotlb(Command command) {
        boolean sent =
                targets.invalidator().finished()
                        && targets.devices().send(command, ring.headAddress());
        return sent ? CommandReader.Outcome.DONE : CommandReader.Outcome.WAITS;
    }

    QueueView view() {
        return new QueueView(
                "command buffer",
                ring,
                words -> {
                    Opcode opcode = Opcode.of(new Command(words[0], words[1]).opcode());
                    return opcode == null ? "not a command" : opcode.name();
                });
    }

    @Override
    public String name(long[] words) {
        return Opcode.of(new Command(words[0], words[1]).opcode()).name();
    }

    @Override
    public void unreadable(long nowPs) {
        stop(Event.COMMAND_HARDWARE_ERROR);
    }

    private void stop(Event why) {
        events.record(EventRecord.ofCommand(why, ring.headAddress()));
    }
}
