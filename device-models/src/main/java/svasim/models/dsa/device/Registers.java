package svasim.models.dsa.device;

import svasim.device.Words;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/** BAR0: what software reads and writes at which offset. */
final class Registers {
    private final DsaConfig config;
    private final DeviceState device;
    private final SoftwareError error;
    private final Interrupts interrupts;
    private final InterruptHandles handles;
    private final EventLog log;
    private Commands commands;

    Registers(DsaConfig config, DeviceState device, SoftwareError error, Signals signals) {
        this.config = config;
        this.device = device;
        this.error = error;
        this.interrupts = signals.interrupts();
        this.handles = signals.handles();
        this.log = signals.log();
    }

    /** The ways in which the device speaks up. */
    record Signals(Interrupts interrupts, InterruptHandles handles, EventLog log) {}

    /** Who carries out commands; must be set before the first access. */
    void commands(Commands executor) {
        commands = executor;
    }

    /** The value at an offset, zero-extended; accesses lie within an aligned quadword. */
    long read(long offset, int bytes) {
        int at = (int) offset;
        long value = quadword(at & -Long.BYTES) >>> (at & Long.BYTES - 1) * Byte.SIZE;
        return bytes == Long.BYTES ? value : value & (1L << bytes * Byte.SIZE) - 1;
    }

    /** A posted write of 4 or 8 bytes; registers that are read-only keep their value. */
    void write(long offset, byte[] data) {
        int at = (int) offset;
        if (at >= Register.MSIX_TABLE
                && at + data.length <= Register.MSIX_TABLE + MsixTable.BYTES) {
            interrupts.msix().write(at - Register.MSIX_TABLE, data);
        } else if (isPermission(at)) {
            int entry = (at - Register.MSIX_PERMISSIONS) / Long.BYTES;
            handles.permission(entry, Words.u32(data, 0));
        } else if (at >= Register.WQCFG) {
            writeQueues(at - Register.WQCFG, data);
        } else if (at >= Register.GRPCFG) {
            writeGroup(at - Register.GRPCFG, data);
        } else {
            writeGeneral(at, Words.get(data, 0, data.length), data.length);
        }
    }

    private static boolean isPermission(int offset) {
        return offset >= Register.MSIX_PERMISSIONS
                && offset < InterruptHandles.permissionOffset(MsixTable.ENTRIES);
    }

    private boolean hasLog() {
        return config.version() >= 2;
    }

    private void writeGeneral(int offset, long value, int bytes) {
        switch (offset) {
            case Register.GENCFG -> configure(value);
            case Register.GENCTRL -> interrupts.control(value);
            case Register.INTCAUSE -> interrupts.clear(value);
            case Register.CMD -> commands.write(value);
            case Register.SWERR -> error.clear(value);
            case Register.EVLCFG, Register.EVLCFG + Long.BYTES -> configureLog(offset, value);
            case Register.EVLSTATUS -> log.writeStatus(value, bytes);
            default -> {
                // Read-only or not there.
            }
        }
    }

    private void configure(long value) {
        if (device.generalConfig(hasLog() ? value : value & ~Register.GENCFG_EVENT_LOG)) {
            log.enable((device.generalConfig() & Register.GENCFG_EVENT_LOG) != 0);
        }
    }

    /** Locked while the log is on. */
    private void configureLog(int offset, long value) {
        if (hasLog() && !log.isEnabled()) {
            log.registers().config((offset - Register.EVLCFG) / Long.BYTES, value);
        }
    }

    /** A dword changes its half of the quadword. */
    private void writeGroup(int offset, byte[] data) {
        int index = offset / Grpcfg.BYTES;
        if (index >= DsaConfig.GROUPS) {
            return;
        }
        int at = offset % Grpcfg.BYTES;
        int quadword = at & -Long.BYTES;
        byte[] bytes = new byte[Long.BYTES];
        Words.put(bytes, 0, Long.BYTES, device.group(index).quadword(quadword));
        System.arraycopy(data, 0, bytes, at - quadword, data.length);
        device.configureGroup(index, quadword, Words.u64(bytes, 0));
    }

    private void writeQueues(int offset, byte[] data) {
        for (int i = 0; i + Integer.BYTES <= data.length; i += Integer.BYTES) {
            int queue = (offset + i) / Wqcfg.BYTES;
            if (queue < device.queues().size()) {
                device.configureQueue(queue, (offset + i) % Wqcfg.BYTES, Words.u32(data, i));
            }
        }
    }

    private long quadword(int offset) {
        if (offset >= Register.MSIX_TABLE) {
            int entry = offset - Register.MSIX_TABLE;
            return entry < MsixTable.BYTES ? interrupts.msix().quadword(entry) : 0;
        }
        if (isPermission(offset)) {
            return handles.permission((offset - Register.MSIX_PERMISSIONS) / Long.BYTES);
        }
        if (offset >= Register.WQCFG) {
            return queueQuadword(offset - Register.WQCFG);
        }
        if (offset >= Register.SWERR && offset < Register.SWERR_END) {
            return error.quadword((offset - Register.SWERR) / Long.BYTES);
        }
        if (offset >= Register.OPCAP && offset < Register.OFFSETS) {
            return Opcode.capabilityWord((offset - Register.OPCAP) / Long.BYTES, config.version());
        }
        return generalQuadword(offset);
    }

    private long generalQuadword(int offset) {
        return switch (offset) {
            case Register.VERSION -> (long) config.version() << Register.VERSION_SHIFT;
            case Register.GENCAP -> generalCapabilities();
            case Register.WQCAP -> queueCapabilities();
            case Register.GRPCAP ->
                    DsaConfig.GROUPS
                            | (long) Math.min(Register.BUFFERS_MASK, config.readBuffers())
                                    << Register.GRPCAP_BUFFERS_SHIFT
                            | Register.GRPCAP_CONTROL;
            case Register.ENGCAP -> config.engines();
            case Register.OFFSETS ->
                    Register.GRPCFG / Register.OFFSETS_UNIT
                            | (long) Register.WQCFG / Register.OFFSETS_UNIT
                                    << Register.OFFSETS_FIELD_BITS
                            | (long) Register.MSIX_PERMISSIONS / Register.OFFSETS_UNIT
                                    << 2 * Register.OFFSETS_FIELD_BITS;
            case Register.GENCFG -> device.generalConfig();
            case Register.GENCTRL -> interrupts.control();
            case Register.GENSTS -> device.status();
            case Register.INTCAUSE -> interrupts.cause();
            case Register.EVLCFG -> log.registers().config(0);
            case Register.EVLCFG + Long.BYTES -> log.registers().config(1);
            case Register.EVLSTATUS -> log.registers().status();
            case Register.CMDSTS -> commands.status();
            case Register.CMDCAP -> Command.capability();
            default -> groupQuadword(offset - Register.GRPCFG);
        };
    }

    private long groupQuadword(int offset) {
        boolean there = offset >= 0 && offset < DsaConfig.GROUPS * Grpcfg.BYTES;
        return there ? device.group(offset / Grpcfg.BYTES).quadword(offset % Grpcfg.BYTES) : 0;
    }

    private long generalCapabilities() {
        return (hasLog() ? Register.GENCAP_EVENT_LOG : 0)
                | Register.GENCAP_BLOCK_ON_FAULT
                | Register.GENCAP_OVERLAPPING_COPY
                | Register.GENCAP_COMMANDS
                | Register.GENCAP_DRAIN_READ_BACK
                | (long) DsaConfig.MAX_TRANSFER_SHIFT << Register.GENCAP_TRANSFER_SHIFT
                | (long) DsaConfig.MAX_BATCH_SHIFT << Register.GENCAP_BATCH_SHIFT
                | Register.GENCAP_BATCH_CONTINUATION
                | Register.GENCAP_CONFIGURABLE;
    }

    private long queueCapabilities() {
        return DsaConfig.TOTAL_ENTRIES
                | (long) DsaConfig.QUEUES << Register.WQCAP_QUEUES_SHIFT
                | Register.WQCAP_SHARED
                | Register.WQCAP_DEDICATED
                | Register.WQCAP_ATS
                | Register.WQCAP_PRIORITY
                | Register.WQCAP_PRS;
    }

    private long queueQuadword(int offset) {
        if (offset / Wqcfg.BYTES >= device.queues().size()) {
            return 0;
        }
        WorkQueue queue = device.queues().get(offset / Wqcfg.BYTES);
        int field = offset % Wqcfg.BYTES;
        long low =
                field == Wqcfg.STATE_OFFSET
                        ? Wqcfg.stateDword(queue.state())
                        : queue.config().dword(field);
        long high = queue.config().dword(field + Integer.BYTES);
        return high << Integer.SIZE | low & 0xffff_ffffL;
    }
}
