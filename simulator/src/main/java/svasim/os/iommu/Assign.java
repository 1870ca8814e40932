package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * A group goes to a virtual machine or comes from one: the second stage takes the place of its
 * domain of the DMA API. In between every request without PASID is refused.
 */
final class Assign {
    private static final Procedure<Assign> ASSIGN =
            Procedure.<Assign>named("iommufd_device_attach")
                    .sleeping("attach blocked domain", 50_000, Assign::block)
                    .sleeping("attach second stage", 50_000, Assign::attach)
                    .build();

    private static final Procedure<Assign> UNASSIGN =
            Procedure.<Assign>named("iommufd_device_detach")
                    .sleeping("attach blocked domain", 50_000, Assign::block)
                    .sleeping("flush what the guest used", 20_000, Assign::flush)
                    .sleeping("leave second stage", 50_000, Assign::leave)
                    .build();

    private final RemappingUnit<?> unit;
    private final PciDevice device;
    private final SecondStage stage;

    private Assign(RemappingUnit<?> unit, PciDevice device, SecondStage stage) {
        this.unit = unit;
        this.device = device;
        this.stage = stage;
    }

    static Call<?> call(RemappingUnit<?> unit, PciDevice device, SecondStage stage) {
        return new Call<>(ASSIGN, new Assign(unit, device, stage));
    }

    static Call<?> undo(RemappingUnit<?> unit, PciDevice device) {
        SecondStage stage = unit.state(device).stage();
        return stage == null
                ? Call.nothing()
                : new Call<>(UNASSIGN, new Assign(unit, device, stage));
    }

    private Next block(Cpu cpu) {
        return Next.call(device.iommu().attach(device, DomainType.BLOCKED));
    }

    private Next attach(Cpu cpu) {
        int tag = unit.guestTags().use(device.group(), stage);
        device.group().assign(new DmaDomain(tag, stage.tables(), unit.site()));
        unit.state(device).assign(stage);
        return Next.call(device.iommu().attach(device, DomainType.DMA));
    }

    private Next flush(Cpu cpu) {
        return Next.call(unit.forgetGuest(device));
    }

    private Next leave(Cpu cpu) {
        unit.state(device).assign(null);
        if (device.group().devices().stream()
                .allMatch(other -> unit.state(other).stage() == null)) {
            device.group().assign(null);
        }
        unit.guestTags().drop(device.group(), stage);
        return Next.DONE;
    }
}
