package svasim.os.iommu.amdvi;

import svasim.cpu.Cpu;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/** amd_iommu_attach_device, and what stands for it with the identity and the blocked domain. */
final class Attach {
    private static final Procedure<Attach> ATTACH =
            Procedure.<Attach>named("amd_iommu_attach_device")
                    .sleeping("set GCR3 entry 0", 100_000, Attach::setGuestRoot)
                    .sleeping("update_dte256", 200_000, Attach::setEntry)
                    .sleeping("device_flush_dte", 50_000, Attach::flush)
                    .build();

    private final DeviceState state;
    private final DomainType type;
    private final EntryUpdate update;

    private Attach(Unit unit, PciDevice device, DomainType type) {
        this.state = unit.state(device);
        this.type = type;
        this.update = new EntryUpdate(unit, state);
    }

    static Call<?> call(Unit unit, PciDevice device, DomainType type) {
        return new Call<>(ATTACH, new Attach(unit, device, type));
    }

    private Next setGuestRoot(Cpu cpu) {
        state.attached(type);
        update.setGuestRoot(cpu);
        return Next.ON;
    }

    private Next setEntry(Cpu cpu) {
        if (isCut()) {
            update.clear(cpu);
        } else {
            update.write(cpu);
        }
        return Next.ON;
    }

    /**
     * Whether nothing of the device is let through, ATS included (detach_device): not if PASIDs are
     * all that it may use.
     */
    private boolean isCut() {
        boolean serves = state.showsPasids() && !state.device().group().isResetting();
        return type == DomainType.BLOCKED && !serves;
    }

    private Next flush(Cpu cpu) {
        return Next.call(update.flush());
    }
}
