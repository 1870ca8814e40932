package svasim.os.iommu.vtd;

import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.vtd.Descriptor;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * intel_iommu_attach_device, and what stands for it with the identity and the blocked domain: the
 * entry for requests without PASID is cut, forgotten by every cache and drained before it shows
 * another domain (device_block_translation).
 */
final class Attach {
    private static final String PUBLISH = "set RID entry";

    private static final Procedure<Attach> ATTACH =
            Procedure.<Attach>named("intel_iommu_attach_device")
                    .sleeping("clear Present", 60_000, Attach::cut)
                    .sleeping("flush context and PASID cache", 20_000, Attach::flushEntry)
                    .sleeping("flush IOTLB", 20_000, Attach::flushIotlb)
                    .sleeping("flush device-TLB", 20_000, Attach::flushDevice)
                    .sleeping("clear RID entry", 60_000, Attach::clear)
                    .sleeping("drain page requests", 50_000, Attach::drain)
                    .sleeping(PUBLISH, 200_000, Attach::publish)
                    .sleeping("flush what was not present", 20_000, Attach::tellPresent)
                    .build();

    private final Unit unit;
    private final DeviceState state;
    private final DomainType type;
    private final RidEntry entry;
    private final DomainType before;

    private Attach(Unit unit, PciDevice device, DomainType type) {
        this.unit = unit;
        this.state = unit.state(device);
        this.type = unit.possible(type);
        this.entry = new RidEntry(unit, state);
        this.before = state.attached();
    }

    static Call<?> call(Unit unit, PciDevice device, DomainType type) {
        return new Call<>(ATTACH, new Attach(unit, device, type));
    }

    private Next cut(Cpu cpu) {
        if (before == DomainType.BLOCKED) {
            return Next.jump(PUBLISH);
        }
        entry.cut(cpu);
        return Next.ON;
    }

    private Next flushEntry(Cpu cpu) {
        Descriptor descriptor =
                unit.capabilities().scalableMode()
                        ? Descriptor.pasidCache(entry.domain(before), 0)
                        : Descriptor.contextCache(entry.domain(before), state.requesterId());
        return Next.call(unit.queue().submit(List.of(descriptor)));
    }

    private Next flushIotlb(Cpu cpu) {
        return Next.call(unit.queue().submit(List.of(iotlb(before))));
    }

    private Descriptor iotlb(DomainType attached) {
        boolean second = attached.isTranslated() && unit.dmaUsesSecondStage();
        int domain = entry.domain(attached);
        return second || !unit.capabilities().scalableMode()
                ? Descriptor.iotlbDomain(domain)
                : Descriptor.pasidIotlb(domain, 0, Block.ALL);
    }

    private Next flushDevice(Cpu cpu) {
        return state.hasAtc()
                ? Next.call(unit.queue().submit(List.of(state.deviceTlb(Block.ALL))))
                : Next.ON;
    }

    private Next clear(Cpu cpu) {
        entry.clear(cpu);
        return Next.ON;
    }

    private Next drain(Cpu cpu) {
        return Next.call(Drain.ofUntagged(unit, state.device()));
    }

    private Next publish(Cpu cpu) {
        entry.publish(cpu, type);
        return unit.capabilities().cachingMode() ? Next.ON : Next.DONE;
    }

    /** Caching mode: the unit may remember that the entry was not there. */
    private Next tellPresent(Cpu cpu) {
        List<Descriptor> descriptors = new ArrayList<>();
        descriptors.add(
                unit.capabilities().scalableMode()
                        ? Descriptor.pasidCache(entry.domain(type), 0)
                        : Descriptor.contextCache(0, state.requesterId()));
        descriptors.add(iotlb(type));
        return Next.call(unit.queue().submit(descriptors));
    }
}
