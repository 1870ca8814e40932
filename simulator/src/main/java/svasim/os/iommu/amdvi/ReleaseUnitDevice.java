package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** detach_device and amd_iommu_release_device: faults, features, entry, caches, GCR3 table. */
final class ReleaseUnitDevice {
    private static final Procedure<ReleaseUnitDevice> RELEASE =
            Procedure.<ReleaseUnitDevice>named("detach_device")
                    .sleeping("flush fault workers", 50_000, ReleaseUnitDevice::flushWorkers)
                    .sleeping("remove from fault queue", 50_000, ReleaseUnitDevice::removeFaults)
                    .sleeping("disable ATS, PASID, PRI", 1_200_000, ReleaseUnitDevice::switchOff)
                    .sleeping("clear device table entry", 200_000, ReleaseUnitDevice::clear)
                    .sleeping("device_flush_dte", 50_000, ReleaseUnitDevice::flush)
                    .sleeping("free GCR3 table", 100_000, ReleaseUnitDevice::freeTables)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final DeviceState state;
    private final EntryUpdate update;

    private ReleaseUnitDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
        this.state = unit.state(device);
        this.update = new EntryUpdate(unit, state);
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(RELEASE, new ReleaseUnitDevice(unit, device));
    }

    private Next flushWorkers(Cpu cpu) {
        return Next.call(unit.faults().flush());
    }

    private Next removeFaults(Cpu cpu) {
        boolean used = unit.faults().isEnabled(device) || unit.site().has(Defect.S57);
        return Next.call(used ? unit.faults().disable(device) : Call.nothing());
    }

    private Next switchOff(Cpu cpu) {
        device.features().disableAll();
        return Next.ON;
    }

    private Next clear(Cpu cpu) {
        update.clear(cpu);
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(update.flush());
    }

    private Next freeTables(Cpu cpu) {
        unit.devices().remove(device);
        if (state.hasGuestTables()) {
            state.roots().free(cpu);
        }
        return Next.DONE;
    }
}
