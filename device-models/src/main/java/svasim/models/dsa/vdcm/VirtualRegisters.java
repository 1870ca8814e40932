package svasim.models.dsa.vdcm;

import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/**
 * BAR0 of a virtual DSA with one work queue, which the host has configured: capabilities and the
 * queue's configuration are fixed, states are its own, and what else software writes is only kept.
 */
final class VirtualRegisters {
    private static final int QUEUES = 1;
    private static final int ENGINES = 1;
    private static final int GROUPS = 1;
    private static final int TRANSFER_MASK = 0x1f;

    private final QueueConfig queue;
    private final int[] kept = new int[Register.BAR0_BYTES / Integer.BYTES];
    private boolean enabled;
    private boolean queueEnabled;
    private boolean active;
    private CommandError error = CommandError.NONE;
    private long cause;

    VirtualRegisters(DsaConfig config) {
        queue = config.queueList().get(0);
    }

    long read(long offset, int bytes) {
        int at = (int) offset & -Long.BYTES;
        long value = quadword(at) >>> (offset & Long.BYTES - 1) * Byte.SIZE;
        return bytes == Long.BYTES ? value : value & (1L << bytes * Byte.SIZE) - 1;
    }

    private long quadword(int at) {
        if (at >= Register.WQCFG && at < Register.WQCFG + QUEUES * Wqcfg.BYTES) {
            return queueQuadword(at - Register.WQCFG);
        }
        if (at >= Register.OPCAP && at < Register.OFFSETS) {
            return Opcode.capabilityWord((at - Register.OPCAP) / Long.BYTES, 1);
        }
        return switch (at) {
            case Register.VERSION -> 1L << Register.VERSION_SHIFT;
            case Register.GENCAP -> capabilities();
            case Register.WQCAP ->
                    queue.size()
                            | (long) QUEUES << Register.WQCAP_QUEUES_SHIFT
                            | Register.WQCAP_SHARED
                            | Register.WQCAP_ATS
                            | Register.WQCAP_PRS;
            case Register.GRPCAP -> GROUPS;
            case Register.ENGCAP -> ENGINES;
            case Register.OFFSETS ->
                    Register.GRPCFG / Register.OFFSETS_UNIT
                            | (long) Register.WQCFG / Register.OFFSETS_UNIT
                                    << Register.OFFSETS_FIELD_BITS
                            | (long) Register.MSIX_PERMISSIONS / Register.OFFSETS_UNIT
                                    << 2 * Register.OFFSETS_FIELD_BITS;
            case Register.GENSTS -> enabled ? 1 : 0;
            case Register.INTCAUSE -> cause;
            case Register.CMDSTS -> error.code() | (active ? Register.CMDSTS_ACTIVE : 0);
            case Register.CMDCAP -> Command.capability();
            default -> (long) kept(at + Integer.BYTES) << Integer.SIZE | kept(at) & 0xffff_ffffL;
        };
    }

    private long capabilities() {
        long transfer = Long.numberOfTrailingZeros(queue.maxTransferSize().bytes());
        long batch = Integer.numberOfTrailingZeros(queue.maxBatchSize());
        return Register.GENCAP_BLOCK_ON_FAULT
                | Register.GENCAP_OVERLAPPING_COPY
                | Register.GENCAP_COMMANDS
                | Register.GENCAP_DRAIN_READ_BACK
                | (transfer & TRANSFER_MASK) << Register.GENCAP_TRANSFER_SHIFT
                | batch << Register.GENCAP_BATCH_SHIFT
                | Register.GENCAP_BATCH_CONTINUATION;
    }

    private long queueQuadword(int field) {
        Wqcfg config = queue.toRegisters();
        QueueState state = queueEnabled ? QueueState.ENABLED : QueueState.DISABLED;
        long low = field == Wqcfg.STATE_OFFSET ? Wqcfg.stateDword(state) : config.dword(field);
        long high = config.dword(field + Integer.BYTES);
        return high << Integer.SIZE | low & 0xffff_ffffL;
    }

    private int kept(int offset) {
        int index = offset / Integer.BYTES;
        return index >= 0 && index < kept.length ? kept[index] : 0;
    }

    /** Keeps what needs no more; CMD is not among it. */
    void write(long offset, int bytes, long value) {
        if (offset == Register.INTCAUSE) {
            cause &= ~value;
            return;
        }
        for (int i = 0; i < bytes; i += Integer.BYTES) {
            int index = (int) (offset + i) / Integer.BYTES;
            if (index < kept.length) {
                kept[index] = (int) (value >>> i * Byte.SIZE);
            }
        }
    }

    boolean isEnabled() {
        return enabled;
    }

    void enabled(boolean on) {
        enabled = on;
        queueEnabled &= on;
    }

    boolean isQueueEnabled() {
        return queueEnabled;
    }

    void queueEnabled(boolean on) {
        queueEnabled = on;
    }

    /** Whether a command is being carried out. */
    boolean isActive() {
        return active;
    }

    void begin() {
        active = true;
        error = CommandError.NONE;
    }

    void end(CommandError outcome) {
        active = false;
        error = outcome;
        cause |= Register.INTCAUSE_COMMAND;
    }

    /** Address of the message of vector 0; 0 as long as software has set none up. */
    long messageAddress() {
        return quadword(Register.MSIX_TABLE);
    }

    int messageData() {
        return kept(Register.MSIX_TABLE + Long.BYTES);
    }
}
