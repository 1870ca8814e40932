package svasim.os.iommu.smmuv2;

import svasim.cpu.Cpu;
import svasim.os.iommu.PasidEntry;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Gives a device to a process: a context bank for the process if it has none, whose tables are
 * those of the process and whose faults stall; then the stream leaves the default domain for it.
 */
final class Install {
    private static final Procedure<Install> ATTACH =
            Procedure.<Install>named("arm_smmu_sva_attach_dev")
                    .sleeping("mmget_not_zero", 150_000, Install::getMm)
                    .sleeping("allocate context bank", 150_000, Install::takeBank)
                    .sleeping("write context bank", 100_000, Install::writeBank)
                    .sleeping("write S2CR", 50_000, Install::attach)
                    .sleeping("mmput", 50_000, Install::putMm)
                    .build();

    private final Unit unit;
    private final PasidEntry wanted;
    private final AddressSpace mm;
    private final Node node;
    private SharedContext context;

    private Install(Unit unit, PasidEntry wanted) {
        this.unit = unit;
        this.wanted = wanted;
        this.mm = wanted.space();
        this.node = unit.site().platform().references().node("attach of " + wanted.device());
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(ATTACH, new Install(unit, entry));
    }

    private Next getMm(Cpu cpu) {
        return mm.getUsersUnlessZero(node) ? Next.ON : Next.DONE;
    }

    /** One is free: the policy has asked, and holds its lock since. */
    private Next takeBank(Cpu cpu) {
        context = unit.process(mm);
        if (context != null) {
            return Next.jump("write S2CR");
        }
        ContextBank bank = unit.banks().takeStage1();
        int size = unit.features().outputSizeCode();
        context = new SharedContext(bank, BankValues.stage1(bank, mm.root(), size, true));
        unit.add(mm, context);
        return Next.ON;
    }

    private Next writeBank(Cpu cpu) {
        context.values().write(cpu, unit.space(), context.bank());
        unit.interrupts().listen(cpu, context.bank().interrupt());
        return Next.ON;
    }

    private Next attach(Cpu cpu) {
        DeviceState state = unit.state(wanted.device());
        context.add(wanted);
        unit.useFaults(wanted);
        state.bound(wanted);
        state.shared(true);
        unit.showStream(cpu, state);
        return Next.ON;
    }

    private Next putMm(Cpu cpu) {
        return Next.call(mm.putUsers(node));
    }
}
