package svasim.os.iommu.vtd;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.ScalableContext;
import svasim.os.defect.Defect;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.PciFeatures;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * intel_iommu_probe_device: the device's context entry, with the tables of the DMA API behind
 * requests without PASID; then PASID, ATS and PRI in this order, as far as device and path allow.
 */
final class ProbeDevice {
    /** Requests that a device may have outstanding (PRQ_DEPTH limits all devices together). */
    private static final int MOST_PAGE_REQUESTS = 2048;

    private static final String PASID = "enable PASID";

    private static final Procedure<ProbeDevice> PROBE =
            Procedure.<ProbeDevice>named("intel_iommu_probe_device")
                    .sleeping("allocate tables", 1_500_000, ProbeDevice::allocate)
                    .sleeping("set RID entry", 200_000, ProbeDevice::setRidEntry)
                    .sleeping("set context entry", 200_000, ProbeDevice::setContext)
                    .sleeping("flush what was not present", 20_000, ProbeDevice::tellPresent)
                    .sleeping(PASID, 800_000, ProbeDevice::enablePasid)
                    .sleeping("enable ATS", 800_000, ProbeDevice::enableAts)
                    .sleeping("enable PRI", 1_600_000, ProbeDevice::enablePri)
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
        return new Call<>(PROBE, new ProbeDevice(unit, device));
    }

    private Next allocate(Cpu cpu) {
        state = unit.add(device);
        return Next.ON;
    }

    private Next setRidEntry(Cpu cpu) {
        if (!unit.capabilities().scalableMode()) {
            return Next.ON;
        }
        new RidEntry(unit, state).publish(cpu, unit.possible(device.group().defaultDomain()));
        return Next.ON;
    }

    private Next setContext(Cpu cpu) {
        Capabilities has = unit.capabilities();
        if (has.scalableMode()) {
            boolean ats = has.deviceTlb() && features.hasAts();
            PasidTables tables = state.tables();
            boolean requests = has.pageRequests() && features.hasPri();
            long word =
                    ScalableContext.of(tables.directory(), tables.directoryBits(), ats, requests);
            tables.writeBackDirectory(cpu);
            unit.contexts().publish(cpu, device.requesterId(), word, 0);
        } else {
            new RidEntry(unit, state).publish(cpu, unit.possible(device.group().defaultDomain()));
        }
        return has.cachingMode() ? Next.ON : Next.jump(PASID);
    }

    /** Caching mode: the unit may remember that nothing was there. */
    private Next tellPresent(Cpu cpu) {
        return Next.call(
                unit.queue().submit(List.of(Descriptor.contextCache(0, device.requesterId()))));
    }

    private Next enablePasid(Cpu cpu) {
        Capabilities has = unit.capabilities();
        boolean usable = has.scalableMode() && has.pasid() && features.pasidReachesUnit();
        if (usable && features.hasPasid()) {
            features.enablePasid(unit.site().has(Defect.S65));
        }
        return Next.ON;
    }

    private Next enableAts(Cpu cpu) {
        boolean passes = state.attached() == DomainType.IDENTITY;
        boolean blocked = passes && !unit.capabilities().scalableMode();
        if (unit.capabilities().deviceTlb() && features.hasAts() && !blocked) {
            features.enableAts();
        }
        return Next.ON;
    }

    /** Not if responses would lack the PASID that the requests have. */
    private Next enablePri(Cpu cpu) {
        Capabilities has = unit.capabilities();
        boolean usable = has.scalableMode() && has.pageRequests() && features.atsEnabled();
        boolean answers = !features.pasidEnabled() || features.responsesCarryPasid();
        if (usable && features.hasPri() && answers) {
            features.enablePri(unit.site().options().pageRequests().allocation(MOST_PAGE_REQUESTS));
        }
        return Next.DONE;
    }
}
