package svasim.models.dsa;

import java.util.ArrayList;
import java.util.List;

/** State of the device as GENSTS shows it, its queues, and the configuration of the group. */
final class DeviceState {
    /** GENSTS bits 1:0. */
    enum State {
        DISABLED,
        ENABLED,
        DRAINING,
        HALTED
    }

    private final DsaConfig config;
    private final List<WorkQueue> queues;
    private State state = State.DISABLED;
    private long groupQueues;
    private long groupEngines;
    private long lastWork;

    DeviceState(DsaConfig config) {
        this.config = config;
        List<WorkQueue> all = new ArrayList<>();
        for (int i = 0; i < config.workQueues(); i++) {
            all.add(new WorkQueue(i));
        }
        queues = List.copyOf(all);
    }

    State state() {
        return state;
    }

    List<WorkQueue> queues() {
        return queues;
    }

    /** The queues of a command's operand: one bit each of 16, and which 16. */
    List<WorkQueue> queues(int operand) {
        int first = operand >>> 16 << 4;
        return queues.stream()
                .filter(queue -> queue.index() >= first && queue.index() < first + 16)
                .filter(queue -> (operand >>> queue.index() - first & 1) != 0)
                .toList();
    }

    /** Number of the descriptor accepted last. */
    long lastWork() {
        return lastWork;
    }

    long nextWork() {
        return ++lastWork;
    }

    /** GRPCFG: bitmap of the queues in the group. */
    long groupQueues() {
        return groupQueues;
    }

    /** GRPCFG: bitmap of the engines in the group. */
    long groupEngines() {
        return groupEngines;
    }

    /** GRPCFG is written; it keeps its value unless the device is disabled. */
    void configureGroup(long queueBits, long engineBits) {
        if (state == State.DISABLED) {
            groupQueues = queueBits & (1L << config.workQueues()) - 1;
            groupEngines = engineBits & (1L << config.engines()) - 1;
        }
    }

    /** A dword of WQCFG is written; it keeps its value unless the queue is disabled. */
    void configureQueue(int index, int offset, int value) {
        WorkQueue queue = queues.get(index);
        if (queue.state() == WorkQueue.State.DISABLED && offset != Wqcfg.STATE_OFFSET) {
            queue.config().dword(offset, value);
        }
    }

    CommandError enable() {
        if (state != State.DISABLED) {
            return CommandError.DEVICE_ENABLED;
        }
        if (queues.stream().mapToInt(q -> q.config().size()).sum() > config.totalEntries()) {
            return CommandError.QUEUE_SIZES;
        }
        if (groupQueues == 0 || groupEngines == 0) {
            return CommandError.GROUP_CONFIGURATION;
        }
        state = State.ENABLED;
        return CommandError.NONE;
    }

    CommandError enableQueue(int index) {
        if (state != State.ENABLED) {
            return CommandError.DEVICE_NOT_ENABLED;
        }
        if (index >= queues.size() || (groupQueues >>> index & 1) == 0) {
            return CommandError.INVALID_QUEUE;
        }
        WorkQueue queue = queues.get(index);
        if (queue.state() != WorkQueue.State.DISABLED) {
            return CommandError.QUEUE_ENABLED;
        }
        if (queue.config().size() == 0) {
            return CommandError.QUEUE_SIZE;
        }
        if (!queue.config().has(Wqcfg.DEDICATED)) {
            return CommandError.QUEUE_MODE;
        }
        queue.state(WorkQueue.State.ENABLED);
        return CommandError.NONE;
    }

    /**
     * Takes no further work.
     *
     * @return false if the device is not enabled
     */
    boolean beginDisable() {
        if (state != State.ENABLED) {
            return false;
        }
        state = State.DRAINING;
        for (WorkQueue queue : queues) {
            if (queue.state() == WorkQueue.State.ENABLED) {
                queue.state(WorkQueue.State.DRAINING);
            }
        }
        return true;
    }

    /** All work has ended after {@link #beginDisable}. */
    void disabled() {
        state = State.DISABLED;
        queues.forEach(queue -> queue.state(WorkQueue.State.DISABLED));
    }

    /** Everything as after power-on. */
    void reset() {
        state = State.DISABLED;
        groupQueues = 0;
        groupEngines = 0;
        queues.forEach(WorkQueue::clear);
    }
}
