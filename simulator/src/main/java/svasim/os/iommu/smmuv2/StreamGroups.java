package svasim.os.iommu.smmuv2;

import java.util.BitSet;
import svasim.cpu.Cpu;
import svasim.iommu.smmuv2.Features;
import svasim.iommu.smmuv2.GlobalRegister;
import svasim.iommu.smmuv2.StreamMatch;
import svasim.iommu.smmuv2.StreamToContext;

/** Stream mapping: which SMR and S2CR a device has, and what is written to them. */
final class StreamGroups {
    static final int NONE = -1;

    private final Features has;
    private final RegisterSpace registers;
    private final BitSet used = new BitSet();

    StreamGroups(Features has, RegisterSpace registers) {
        this.has = has;
        this.registers = registers;
    }

    /** Takes the group of a stream, or returns {@link #NONE} if there is none for it. */
    int take(int streamId) {
        int group = has.matchesStreams() ? used.nextClearBit(0) : streamId;
        if (group >= has.mappingGroups()) {
            return NONE;
        }
        used.set(group);
        return group;
    }

    /** Every stream faults. */
    void reset(Cpu cpu) {
        for (int group = 0; group < has.mappingGroups(); group++) {
            registers.writeGlobal(cpu, GlobalRegister.S2CR, group, StreamToContext.faulting());
            if (has.matchesStreams()) {
                registers.writeGlobal(cpu, GlobalRegister.SMR, group, 0);
            }
        }
    }

    /**
     * arm_smmu_write_sme: the stream is found in its group from now on, and faults. With extended
     * stream IDs S2CR makes the match valid, so that it is written last.
     */
    void insert(Cpu cpu, DeviceState state) {
        if (matchesExtended()) {
            registers.writeGlobal(cpu, GlobalRegister.SMR, state.group(), state.streamId());
            writeContext(cpu, state, StreamToContext.faulting());
            return;
        }
        writeContext(cpu, state, StreamToContext.faulting());
        if (has.matchesStreams()) {
            registers.writeGlobal(
                    cpu, GlobalRegister.SMR, state.group(), StreamMatch.of(state.streamId()));
        }
    }

    /** The stream is found no more, and its group is free. */
    void remove(Cpu cpu, DeviceState state) {
        registers.writeGlobal(cpu, GlobalRegister.S2CR, state.group(), StreamToContext.faulting());
        if (has.matchesStreams()) {
            registers.writeGlobal(cpu, GlobalRegister.SMR, state.group(), 0);
        }
        used.clear(state.group());
    }

    /** Has a context bank translate for a stream. */
    void translate(Cpu cpu, DeviceState state, ContextBank bank) {
        writeContext(cpu, state, StreamToContext.translatedBy(bank.number()));
    }

    /** Lets a stream pass unchanged. */
    void bypass(Cpu cpu, DeviceState state) {
        writeContext(cpu, state, StreamToContext.bypassing());
    }

    /** Has a stream fault. */
    void block(Cpu cpu, DeviceState state) {
        writeContext(cpu, state, StreamToContext.faulting());
    }

    private void writeContext(Cpu cpu, DeviceState state, int value) {
        int register = matchesExtended() ? StreamToContext.withExtendedValid(value) : value;
        registers.writeGlobal(cpu, GlobalRegister.S2CR, state.group(), register);
    }

    private boolean matchesExtended() {
        return has.matchesStreams() && has.extendedStreams();
    }
}
