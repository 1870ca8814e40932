package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
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
    /** All devices together may not have more requests outstanding than the queue takes. */
    private static final int MOST_PAGE_REQUESTS = 32;

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
    private long stream;

    private ProbeDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
        this.features = device.features();
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(PROBE, new ProbeDevice(unit, device));
    }

    /** Known when the procedure runs, since the unit has been reset before. */
    private Capabilities has() {
        return unit.capabilities();
    }

    private Next insertStream(Cpu cpu) {
        state = unit.add(device);
        stream = unit.streams().entry(cpu, state.streamId());
        return Next.ON;
    }

    private Next enablePasid(Cpu cpu) {
        boolean usable = has().substreamBits() > 0 && has().stage1() && features.pasidReachesUnit();
        if (usable && features.hasPasid()) {
            features.enablePasid();
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
        if (state.contexts() == null) {
            return Next.ON;
        }
        DmaDomain domain = state.domain();
        long[] words =
                ContextEntry.tables(
                        domain.root(), domain.id(), has().outputSizeCode(), has().stallsAlways());
        return Next.call(
                WriteEntry.ofContext(
                        unit.commands(),
                        Command.context(state.streamId(), 0, true),
                        state.contexts().entry(cpu, 0),
                        words));
    }

    private Next setStream(Cpu cpu) {
        long[] words = state.contexts() == null ? stage2() : stage1();
        return Next.call(WriteEntry.ofStream(unit.commands(), state.streamId(), stream, words));
    }

    private long[] stage1() {
        ContextTable contexts = state.contexts();
        return StreamEntry.contexts(contexts.pointer(), contexts.bits(), treatment());
    }

    private long[] stage2() {
        DmaDomain domain = state.domain();
        var tables =
                new StreamEntry.StageTwo(domain.root(), Unit.STAGE_2_BITS, has().outputSizeCode());
        return StreamEntry.stage2(domain.id(), tables, treatment());
    }

    private StreamEntry.Treatment treatment() {
        boolean forbidden = has().stalls() && !state.stalls();
        return new StreamEntry.Treatment(wantsAts(), forbidden, features.responsesCarryPasid());
    }

    private boolean wantsAts() {
        return has().ats() && features.hasAts();
    }

    /** Before ATS is on, nothing of an earlier life may be left in the device. */
    private Next flushAtc(Cpu cpu) {
        if (!wantsAts()) {
            return Next.ON;
        }
        Command all = Command.atc(state.streamId(), PasidPrefix.NONE, Block.ALL);
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next enableAts(Cpu cpu) {
        if (wantsAts()) {
            features.enableAts();
        }
        return Next.ON;
    }

    /** Hypothetical: Linux never switches page requests on behind an SMMUv3. */
    private Next enablePageRequests(Cpu cpu) {
        boolean wanted = unit.site().options().hypothetical() && unit.pageRequests() != null;
        boolean answers = !features.pasidEnabled() || features.responsesCarryPasid();
        if (wanted && features.atsEnabled() && features.hasPri() && answers) {
            int share = unit.pageRequests().entries() / unit.devices().count();
            features.enablePri(Math.min(MOST_PAGE_REQUESTS, share));
        }
        return Next.DONE;
    }
}
