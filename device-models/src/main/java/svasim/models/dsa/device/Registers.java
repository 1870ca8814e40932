package svasim.models.dsa.device;

import svasim.device.Words;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;
import svasim.pcie.endpoint.Function;

/** BAR0: what software reads and writes at which offset. */
final class Registers {
    private final DsaConfig config;
    private final DeviceState device;
    private final SoftwareError error;
    private final Function function;
    private final MsixTable msix = new MsixTable();
    private Commands commands;
    private long generalControl;
    private long interruptCause;

    Registers(DsaConfig config, DeviceState device, SoftwareError error, Function function) {
        this.config = config;
        this.device = device;
        this.error = error;
        this.function = function;
    }

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
            msix.write(at - Register.MSIX_TABLE, data);
        } else if (at >= Register.WQCFG) {
            writeQueues(at - Register.WQCFG, data);
        } else if (at >= Register.GRPCFG) {
            writeGroup(at - Register.GRPCFG, data);
        } else {
            writeGeneral(at, Words.get(data, 0, data.length));
        }
    }

    /** A command that wanted to be told of has ended. */
    void commandDone() {
        interrupt(Register.INTCAUSE_COMMAND);
    }

    /** Something was put into SWERR. */
    void errorReported() {
        if ((generalControl & Register.GENCTRL_ERROR_INTERRUPT) != 0) {
            interrupt(Register.INTCAUSE_ERROR);
        }
    }

    void reset() {
        generalControl = 0;
        interruptCause = 0;
        msix.reset();
        error.clear(-1);
    }

    private void interrupt(long cause) {
        interruptCause |= cause;
        if (!msix.isMasked()) {
            function.interrupt(msix.address(), msix.data());
        }
    }

    private void writeGeneral(int offset, long value) {
        switch (offset) {
            case Register.GENCTRL -> generalControl = value;
            case Register.INTCAUSE -> interruptCause &= ~value;
            case Register.CMD -> commands.write(value);
            case Register.SWERR -> error.clear(value);
            default -> {
                // Read-only or not there.
            }
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
            return entry < MsixTable.BYTES ? msix.quadword(entry) : 0;
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
                                    << Register.OFFSETS_FIELD_BITS;
            case Register.GENCTRL -> generalControl;
            case Register.GENSTS -> device.state().ordinal();
            case Register.INTCAUSE -> interruptCause;
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
        return Register.GENCAP_BLOCK_ON_FAULT
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
