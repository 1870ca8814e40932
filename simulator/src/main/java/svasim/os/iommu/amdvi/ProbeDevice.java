package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** attach_device: the device's own domain; PASID, ATS and PRI; the device table entry. */
final class ProbeDevice {
    /** Requests that a device may have outstanding. */
    private static final int MOST_PAGE_REQUESTS = 32;

    private static final Procedure<ProbeDevice> ATTACH =
            Procedure.<ProbeDevice>named("attach_device")
                    .sleeping("allocate tables", 1_500_000, ProbeDevice::allocate)
                    .sleeping("pdev_enable_cap_pasid", 800_000, ProbeDevice::enablePasid)
                    .sleeping("pdev_enable_cap_ats", 800_000, ProbeDevice::enableAts)
                    .sleeping("pdev_enable_cap_pri", 800_000, ProbeDevice::enablePageRequests)
                    .sleeping("set GCR3 entry 0", 100_000, ProbeDevice::setGuestRoot)
                    .sleeping("set device table entry", 200_000, ProbeDevice::setEntry)
                    .sleeping("device_flush_dte", 50_000, ProbeDevice::flush)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final PciFeatures features;
    private DeviceState state;

    private ProbeDevice(Unit unit, PciDevice device) {
        this.unit = unit;
        this.device = device;
        this.features = device.features();
    }

    static Call<?> call(Unit unit, PciDevice device) {
        return new Call<>(ATTACH, new ProbeDevice(unit, device));
    }

    private Next allocate(Cpu cpu) {
        state = unit.add(device);
        return Next.ON;
    }

    private Next enablePasid(Cpu cpu) {
        if (state.hasGuestTables()) {
            features.enablePasid(unit.site().has(Defect.S65));
        }
        return Next.ON;
    }

    private Next enableAts(Cpu cpu) {
        if (features.hasAts()) {
            features.enableAts();
        }
        return Next.ON;
    }

    private Next enablePageRequests(Cpu cpu) {
        boolean usable = state.hasGuestTables() && unit.pageRequests() != null;
        boolean answers = !features.pasidEnabled() || features.responsesCarryPasid();
        if (usable && features.atsEnabled() && features.hasPri() && answers) {
            features.enablePri(unit.site().options().pageRequests().allocation(MOST_PAGE_REQUESTS));
            unit.faults().enable(device);
        }
        return Next.ON;
    }

    private Next setGuestRoot(Cpu cpu) {
        state.attached(device.group().defaultDomain());
        update().setGuestRoot(cpu);
        return Next.ON;
    }

    private Next setEntry(Cpu cpu) {
        update().write(cpu);
        return Next.ON;
    }

    private Next flush(Cpu cpu) {
        return Next.call(update().flush());
    }

    private EntryUpdate update() {
        return new EntryUpdate(unit, state);
    }
}
