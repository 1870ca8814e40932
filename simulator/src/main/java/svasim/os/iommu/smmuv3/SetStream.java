package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.os.iommu.PciFeatures;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/**
 * arm_smmu_attach_prepare, _install_ste and _attach_commit: the stream table entry follows what the
 * device is attached to and uses. ATS goes off before an entry that forbids it, and comes on only
 * when nothing of an earlier life is left in the device.
 */
final class SetStream {
    private static final String ENABLE = "enable ATS and PRI";
    private static final String DONE = "done";

    private static final Procedure<SetStream> SET =
            Procedure.<SetStream>named("arm_smmu_install_ste")
                    .sleeping("disable ATS", 20_000, SetStream::disableAts)
                    .sleeping("write stream table entry", 80_000, SetStream::write)
                    .sleeping("invalidate ATC", 20_000, SetStream::flushAtc)
                    .sleeping(ENABLE, 20_000, SetStream::enableAts)
                    .sleeping(DONE, 0, SetStream::done)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final StreamWords wanted;
    private boolean hadAts;

    private SetStream(Unit unit, DeviceState state) {
        this.unit = unit;
        this.state = state;
        this.wanted = new StreamWords(unit, state);
    }

    static Call<?> call(Unit unit, DeviceState state) {
        return new Call<>(SET, new SetStream(unit, state));
    }

    private PciFeatures features() {
        return state.device().features();
    }

    private Next disableAts(Cpu cpu) {
        hadAts = state.hasAtc();
        if (hadAts && !wanted.allowsAts()) {
            features().disablePri();
            features().disableAts();
            state.emptied();
        }
        return Next.ON;
    }

    private Next write(Cpu cpu) {
        long entry = unit.streams().entry(cpu, state.streamId());
        return Next.call(
                WriteEntry.ofStream(unit.commands(), state.streamId(), entry, wanted.entry()));
    }

    private Next flushAtc(Cpu cpu) {
        if (!wanted.allowsAts()) {
            return Next.jump(DONE);
        }
        if (!hadAts && state.isEmptied()) {
            return Next.jump(ENABLE);
        }
        Command all = Command.atc(state.streamId(), PasidPrefix.NONE, Block.ALL);
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next enableAts(Cpu cpu) {
        if (!hadAts && wanted.allowsAts()) {
            features().enableAts();
            unit.enablePageRequests(state.device());
        }
        return Next.ON;
    }

    private Next done(Cpu cpu) {
        return Next.DONE;
    }
}
