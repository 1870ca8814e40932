package svasim.os.iommu.smmuv3;

import svasim.cpu.Cpu;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** arm_smmu_release_device: the stream aborts already; PASID off, nobody's stream any more. */
final class ReleaseUnitDevice {
    private static final Procedure<ReleaseUnitDevice> RELEASE =
            Procedure.<ReleaseUnitDevice>named("arm_smmu_release_device")
                    .sleeping("disable PASID", 400_000, ReleaseUnitDevice::disablePasid)
                    .sleeping("remove streams", 50_000, ReleaseUnitDevice::removeStreams)
                    .sleeping("free context table", 300_000, ReleaseUnitDevice::freeContexts)
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

    private Next disablePasid(Cpu cpu) {
        device.features().disableAll();
        return Next.ON;
    }

    private Next removeStreams(Cpu cpu) {
        unit.devices().remove(device);
        return Next.call(unit.faults().removeDevice(device));
    }

    private Next freeContexts(Cpu cpu) {
        if (state.contexts() != null) {
            state.contexts().free(cpu);
        }
        return Next.DONE;
    }
}
