package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.iommu.vtd.PageRequestStatus;
import svasim.iommu.vtd.RegisterOffset;
import svasim.os.defect.Defect;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.pcie.tlp.PasidPrefix;

/** intel_iommu_drain_pasid_prq: ring, workers, then what is between device and ring. */
final class Drain {
    private static final String IN_HARDWARE = "wait with page-request drain";

    private static final Procedure<Drain> DRAIN =
            Procedure.<Drain>named("intel_iommu_drain_pasid_prq")
                    .sleeping("scan ring", 150_000, Drain::scanRing)
                    .sleeping("flush fault workers", 50_000, Drain::flushWorkers)
                    .sleeping(IN_HARDWARE, 50_000, Drain::drainHardware)
                    .sleeping("check overflow", 50_000, Drain::checkOverflow)
                    .build();

    private final Unit unit;
    private final PciDevice device;
    private final int pasid;
    private final DeviceState state;
    private final int domain;

    /**
     * @param domain of the entry of an address space
     */
    private Drain(Unit unit, PciDevice device, int pasid, int domain) {
        this.unit = unit;
        this.device = device;
        this.pasid = pasid;
        this.domain = domain;
        this.state = unit.state(device);
    }

    /** Nothing to do for a device that cannot make page requests. */
    static Call<?> call(Unit unit, PasidEntry entry) {
        return call(unit, entry.device(), entry.requestPasid(), unit.domain(entry));
    }

    /** Of requests without PASID. */
    static Call<?> ofUntagged(Unit unit, PciDevice device) {
        return call(unit, device, PasidPrefix.NONE, Unit.SVA_DOMAIN);
    }

    private static Call<?> call(Unit unit, PciDevice device, int pasid, int domain) {
        boolean forgotten = pasid == PasidPrefix.NONE && unit.site().has(Defect.S23);
        return device.features().priEnabled() && !forgotten
                ? new Call<>(DRAIN, new Drain(unit, device, pasid, domain))
                : Call.nothing();
    }

    private Next scanRing(Cpu cpu) {
        unit.faults().drainRound(device, pasid);
        boolean waiting = unit.requests().holds(cpu, device, pasid);
        return waiting ? unit.requests().interrupt().awaitServed() : Next.ON;
    }

    private Next flushWorkers(Cpu cpu) {
        return Next.call(unit.faults().flush(pasid));
    }

    private Next drainHardware(Cpu cpu) {
        List<Descriptor> descriptors = new ArrayList<>();
        descriptors.add(Descriptor.fence());
        if (pasid == PasidPrefix.NONE) {
            boolean ofProcess = state.hasPasid(PasidEntry.NO_PASID);
            descriptors.add(
                    ofProcess
                            ? Descriptor.pasidIotlb(domain, PasidEntry.NO_PASID, Block.ALL)
                            : Descriptor.iotlbDomain(state.domain().id()));
            addFlush(descriptors, state.deviceTlb(Block.ALL));
        } else {
            descriptors.add(Descriptor.pasidIotlb(domain, pasid, Block.ALL));
            addFlush(descriptors, state.deviceTlb(pasid, Block.ALL));
        }
        return Next.call(unit.queue().submitDraining(descriptors));
    }

    /** Again if requests were lost, or came into the ring from inside the unit meanwhile. */
    private Next checkOverflow(Cpu cpu) {
        int status = unit.registers().read32(cpu, RegisterOffset.PRS);
        boolean overflow = (status & PageRequestStatus.OVERFLOW) != 0;
        boolean more = unit.requests().holds(cpu, device, pasid);
        return overflow || more ? Next.jump("scan ring") : Next.DONE;
    }

    /** A device that is gone has nothing on its way. */
    private void addFlush(List<Descriptor> descriptors, Descriptor flush) {
        if (state.device().isPresent()) {
            descriptors.add(flush);
        }
    }
}
