package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.Features;
import svasim.iommu.smmuv3.IdField;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/**
 * arm_smmu_probe_device and the attachment of the default domain: PASID on, stream table entry
 * pointing to context descriptors of which number 0 is for the DMA API, then ATS.
 */
final class ProbeDevice {
    private static final Procedure<ProbeDevice> PROBE =
            Procedure.<ProbeDevice>named("arm_smmu_probe_device")
                    .sleeping("insert stream", 1_500_000, ProbeDevice::insertStream)
                    .sleeping("enable PASID", 800_000, ProbeDevice::enablePasid)
                    .sleeping("make context table", 200_000, ProbeDevice::makeContexts)
                    .sleeping("set context descriptor 0", 200_000, ProbeDevice::setContext)
                    .sleeping("set stream table entry", 200_000, ProbeDevice::setStream)
                    .sleeping("invalidate ATC", 100_000, ProbeDevice::flushAtc)
                    .sleeping("enable ATS", 800_000, ProbeDevice::enableAts)
                    .sleeping("enable PRI", 800_000, ProbeDevice::enablePageRequests)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final PciFeatures features;
    private DeviceState state;
    private StreamWords wanted;

    private ProbeDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
        this.features = device.features();
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(PROBE, new ProbeDevice(unit, device));
    }

    /** Known when the procedure runs, since the unit has been reset before. */
    private Features has() {
        return unit.features();
    }

    private Next insertStream(Cpu cpu) {
        state = unit.add(device);
        unit.streams().entry(cpu, state.streamId());
        return Next.ON;
    }

    private Next enablePasid(Cpu cpu) {
        boolean usable =
                has().get(IdField.SSIDSIZE) > 0
                        && has().has(IdField.S1P)
                        && features.pasidReachesUnit();
        if (usable && features.hasPasid()) {
            features.enablePasid(unit.site().has(Defect.S65));
        }
        return Next.ON;
    }

    private Next makeContexts(Cpu cpu) {
        if (state.contexts() != null && !state.contexts().hasLeaf(cpu, 0)) {
            state.contexts().addLeaf(cpu, 0);
        }
        return Next.ON;
    }

    private Next setContext(Cpu cpu) {
        state.attached(device.group().defaultDomain());
        boolean needed = state.contexts() != null && state.attached().isTranslated();
        return needed ? Next.call(Contexts.writeDma(unit, cpu, state)) : Next.ON;
    }

    private Next setStream(Cpu cpu) {
        wanted = new StreamWords(unit, state);
        long stream = unit.streams().entry(cpu, state.streamId());
        return Next.call(
                WriteEntry.ofStream(unit.commands(), state.streamId(), stream, wanted.entry()));
    }

    /** Before ATS is on, nothing of an earlier life may be left in the device. */
    private Next flushAtc(Cpu cpu) {
        if (!wanted.allowsAts()) {
            return Next.ON;
        }
        Command all = Command.atc(state.streamId(), PasidPrefix.NONE, Block.ALL);
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next enableAts(Cpu cpu) {
        if (wanted.allowsAts()) {
            features.enableAts();
        }
        return Next.ON;
    }

    private Next enablePageRequests(Cpu cpu) {
        unit.enablePageRequests(device);
        return Next.DONE;
    }
}
