package svasim.models.dsa.device;

import java.util.ArrayList;
import java.util.List;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Wqcfg;

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
        for (int i = 0; i < DsaConfig.QUEUES; i++) {
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
            groupQueues = queueBits & (1L << DsaConfig.QUEUES) - 1;
            groupEngines = engineBits & (1L << config.engines()) - 1;
        }
    }

    /** A dword of WQCFG is written; it keeps its value unless the queue is disabled. */
    void configureQueue(int index, int offset, int value) {
        WorkQueue queue = queues.get(index);
        if (queue.state() == QueueState.DISABLED && offset != Wqcfg.STATE_OFFSET) {
            queue.config().dword(offset, value);
        }
    }

    CommandError enable() {
        if (state != State.DISABLED) {
            return CommandError.DEVICE_ENABLED;
        }
        if (queues.stream().mapToInt(q -> q.config().size()).sum() > DsaConfig.TOTAL_ENTRIES) {
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
        if (queue.state() != QueueState.DISABLED) {
            return CommandError.QUEUE_ENABLED;
        }
        CommandError refusal = refusal(queue.config());
        if (refusal == CommandError.NONE) {
            queue.state(QueueState.ENABLED);
        }
        return refusal;
    }

    /** What is wrong with the configuration of a queue that is to be enabled. */
    private static CommandError refusal(Wqcfg queue) {
        if (queue.size() == 0) {
            return CommandError.QUEUE_SIZE;
        }
        if (queue.priority() == 0) {
            return CommandError.QUEUE_PRIORITY;
        }
        boolean threshold = queue.threshold() > 0 && queue.threshold() <= queue.size();
        if (queue.isShared() && !threshold) {
            return CommandError.QUEUE_MODE;
        }
        if (queue.isShared() && !queue.has(Wqcfg.PASID_ENABLE)) {
            return CommandError.QUEUE_PASID;
        }
        boolean transfer = queue.maxTransferShift() <= DsaConfig.MAX_TRANSFER_SHIFT;
        return transfer ? CommandError.NONE : CommandError.QUEUE_TRANSFER;
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
            if (queue.state() == QueueState.ENABLED) {
                queue.state(QueueState.DRAINING);
            }
        }
        return true;
    }

    /** All work has ended after {@link #beginDisable}. */
    void disabled() {
        state = State.DISABLED;
        queues.forEach(queue -> queue.state(QueueState.DISABLED));
    }

    /** Everything as after power-on. */
    void reset() {
        state = State.DISABLED;
        groupQueues = 0;
        groupEngines = 0;
        queues.forEach(WorkQueue::clear);
    }
}
