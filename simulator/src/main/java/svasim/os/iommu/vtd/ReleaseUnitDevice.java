package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.Descriptor;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** intel_iommu_release_device: PRI, ATS and PASID off, the device unknown, its context gone. */
final class ReleaseUnitDevice {
    private static final Procedure<ReleaseUnitDevice> RELEASE =
            Procedure.<ReleaseUnitDevice>named("intel_iommu_release_device")
                    .sleeping("disable PRI, ATS, PASID", 1_200_000, ReleaseUnitDevice::switchOff)
                    .sleeping("remove from RID tree", 50_000, ReleaseUnitDevice::forget)
                    .sleeping("clear context entry", 60_000, ReleaseUnitDevice::clear)
                    .sleeping("flush context cache", 20_000, ReleaseUnitDevice::flush)
                    .sleeping("free PASID tables", 300_000, ReleaseUnitDevice::freeTables)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final DeviceState state;

    private ReleaseUnitDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
        this.state = unit.state(device);
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(RELEASE, new ReleaseUnitDevice(unit, device));
    }

    private Next switchOff(Cpu cpu) {
        device.features().disableAll();
        return Next.ON;
    }

    /** The tags of the device go before its ATS, and whether that is on does not matter. */
    private Next forget(Cpu cpu) {
        if (unit.site().has(Defect.S36) && !state.hasAtc()) {
            unit.leaveTag(state);
        }
        unit.devices().remove(device);
        return Next.call(unit.faults().removeDevice(device));
    }

    private Next clear(Cpu cpu) {
        unit.contexts().clear(cpu, device.requesterId());
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        List<Descriptor> descriptors = new ArrayList<>();
        descriptors.add(Descriptor.contextCache(0, device.requesterId()));
        if (unit.capabilities().scalableMode()) {
            descriptors.add(Descriptor.pasidCacheGlobal());
        }
        descriptors.add(Descriptor.iotlbGlobal());
        return Next.call(unit.queue().submit(descriptors));
    }

    private Next freeTables(Cpu cpu) {
        if (state.tables() != null) {
            state.tables().free(cpu);
        }
        return Next.DONE;
    }
}
