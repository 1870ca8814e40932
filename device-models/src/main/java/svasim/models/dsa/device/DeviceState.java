package svasim.models.dsa.device;

import java.util.ArrayList;
import java.util.List;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/** State of the device as GENSTS shows it, its queues, and the configuration of the groups. */
final class DeviceState {
    /** GENSTS bits 1:0. */
    enum State {
        DISABLED,
        ENABLED,
        DRAINING,
        HALTED
    }

    private static final long GENERAL_CONFIG =
            Register.BUFFERS_MASK | Register.GENCFG_USER_INTERRUPTS | Register.GENCFG_EVENT_LOG;

    private final DsaConfig config;
    private final List<WorkQueue> queues;
    private State state = State.DISABLED;
    private final List<Grpcfg> groups = new ArrayList<>();
    private long lastWork;
    private long generalConfig;
    private DsaConfig.HaltReset neededReset;

    DeviceState(DsaConfig config) {
        this.config = config;
        List<WorkQueue> all = new ArrayList<>();
        for (int i = 0; i < DsaConfig.QUEUES; i++) {
            all.add(new WorkQueue(i));
        }
        queues = List.copyOf(all);
        for (int i = 0; i < DsaConfig.GROUPS; i++) {
            groups.add(new Grpcfg());
        }
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

    /** GENCFG. */
    long generalConfig() {
        return generalConfig;
    }

    /** GENCFG is written; it keeps its value unless the device is disabled. */
    boolean generalConfig(long value) {
        boolean writable = state == State.DISABLED;
        generalConfig = writable ? value & GENERAL_CONFIG : generalConfig;
        return writable;
    }

    /** Read buffers that the groups under the limit may hold together, 0 without limit. */
    int readBufferLimit() {
        return (int) generalConfig & Register.BUFFERS_MASK;
    }

    boolean hasUserInterrupts() {
        return (generalConfig & Register.GENCFG_USER_INTERRUPTS) != 0;
    }

    /** GENSTS. */
    long status() {
        int reset = neededReset == null ? 0 : neededReset.ordinal();
        return state.ordinal() | (long) reset << Register.GENSTS_RESET_SHIFT;
    }

    /** Number of the group that a queue is in; 0 if it is in none. */
    int groupOf(WorkQueue queue) {
        for (int i = 0; i < groups.size(); i++) {
            if (groups.get(i).hasQueue(queue.index())) {
                return i;
            }
        }
        return 0;
    }

    Grpcfg group(int index) {
        return groups.get(index);
    }

    /** The queues of a group. */
    List<WorkQueue> queuesOf(int group) {
        return queues.stream().filter(q -> groups.get(group).hasQueue(q.index())).toList();
    }

    /** A quadword of GRPCFG is written; it keeps its value unless the device is disabled. */
    void configureGroup(int index, int offset, long value) {
        if (state == State.DISABLED) {
            groups.get(index).quadword(offset, value & existing(offset));
        }
    }

    /** Bits of a quadword of GRPCFG that stand for something that there is. */
    private long existing(int offset) {
        return switch (offset) {
            case 0 -> (1L << DsaConfig.QUEUES) - 1;
            case Grpcfg.ENGINES_OFFSET -> (1L << config.engines()) - 1;
            case Grpcfg.FLAGS_OFFSET -> -1L;
            default -> 0;
        };
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
        if (!groupsFit()) {
            return CommandError.GROUP_CONFIGURATION;
        }
        state = State.ENABLED;
        return CommandError.NONE;
    }

    /**
     * Nothing is in two groups, groups with queues have engines, and one group at least is used.
     */
    private boolean groupsFit() {
        long usedQueues = 0;
        long usedEngines = 0;
        for (Grpcfg group : groups) {
            long queueBits = group.quadword(0);
            long engineBits = group.quadword(Grpcfg.ENGINES_OFFSET);
            boolean shared = (usedQueues & queueBits | usedEngines & engineBits) != 0;
            if (shared || queueBits != 0 && engineBits == 0) {
                return false;
            }
            usedQueues |= queueBits;
            usedEngines |= engineBits;
        }
        int reserved = groups.stream().mapToInt(Grpcfg::reservedBuffers).sum();
        return usedQueues != 0 && reserved <= config.readBuffers();
    }

    CommandError enableQueue(int index) {
        if (state != State.ENABLED) {
            return CommandError.DEVICE_NOT_ENABLED;
        }
        if (index >= queues.size() || groups.stream().noneMatch(g -> g.hasQueue(index))) {
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
        if (queue.maxBatchShift() > DsaConfig.MAX_BATCH_SHIFT) {
            return CommandError.QUEUE_BATCH;
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

    /** A hardware error: nothing goes on until the device is reset in this way. */
    void halt(DsaConfig.HaltReset needed) {
        state = State.HALTED;
        neededReset = needed;
        queues.forEach(queue -> queue.state(QueueState.DISABLED));
    }

    boolean isHalted() {
        return state == State.HALTED;
    }

    /** Whether the command to reset is not enough. */
    boolean needsMoreThanACommand() {
        return isHalted() && neededReset != DsaConfig.HaltReset.SOFTWARE;
    }

    /** Everything as after power-on. */
    void reset() {
        state = State.DISABLED;
        neededReset = null;
        generalConfig = 0;
        groups.forEach(Grpcfg::clear);
        queues.forEach(WorkQueue::clear);
    }
}
