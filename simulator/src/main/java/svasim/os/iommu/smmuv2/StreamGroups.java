package svasim.os.iommu.smmuv2;

import java.util.BitSet;
import svasim.cpu.Cpu;

/** Stream mapping: which SMR and S2CR a device has, and what is written to them. */
final class StreamGroups {
    static final int NONE = -1;

    private static final int VALID = 1 << 31;
    private static final int EXTENDED_VALID = 1 << 10;
    private static final int BYPASS = 1 << 16;
    private static final int FAULT = 2 << 16;

    private final Capabilities has;
    private final RegisterSpace registers;
    private final BitSet used = new BitSet();

    StreamGroups(Capabilities has, RegisterSpace registers) {
        this.has = has;
        this.registers = registers;
    }

    /** Takes the group of a stream, or returns {@link #NONE} if there is none for it. */
    int take(int streamId) {
        int group = has.matchesStreams() ? used.nextClearBit(0) : streamId;
        if (group >= has.streamGroups()) {
            return NONE;
        }
        used.set(group);
        return group;
    }

    /** Every stream faults. */
    void reset(Cpu cpu) {
        for (int group = 0; group < has.streamGroups(); group++) {
            registers.writeGlobal(cpu, Registers.S2CR, group, FAULT);
            if (has.matchesStreams()) {
                registers.writeGlobal(cpu, Registers.SMR, group, 0);
            }
        }
    }

    /**
     * arm_smmu_write_sme: the stream is found in its group from now on, and faults. With extended
     * stream IDs S2CR makes the match valid, so that it is written last.
     */
    void insert(Cpu cpu, DeviceState state) {
        if (matchesExtended()) {
            registers.writeGlobal(cpu, Registers.SMR, state.group(), state.streamId());
            writeContext(cpu, state, FAULT);
            return;
        }
        writeContext(cpu, state, FAULT);
        if (has.matchesStreams()) {
            registers.writeGlobal(cpu, Registers.SMR, state.group(), VALID | state.streamId());
        }
    }

    /** The stream is found no more, and its group is free. */
    void remove(Cpu cpu, DeviceState state) {
        registers.writeGlobal(cpu, Registers.S2CR, state.group(), FAULT);
        if (has.matchesStreams()) {
            registers.writeGlobal(cpu, Registers.SMR, state.group(), 0);
        }
        used.clear(state.group());
    }

    /** Has a context bank translate for a stream. */
    void translate(Cpu cpu, DeviceState state, ContextBank bank) {
        writeContext(cpu, state, bank.number());
    }

    /** Lets a stream pass unchanged. */
    void bypass(Cpu cpu, DeviceState state) {
        writeContext(cpu, state, BYPASS);
    }

    /** Has a stream fault. */
    void block(Cpu cpu, DeviceState state) {
        writeContext(cpu, state, FAULT);
    }

    private void writeContext(Cpu cpu, DeviceState state, int value) {
        int valid = matchesExtended() ? EXTENDED_VALID : 0;
        registers.writeGlobal(cpu, Registers.S2CR, state.group(), value | valid);
    }

    private boolean matchesExtended() {
        return has.matchesStreams() && has.extendedStreams();
    }
}
