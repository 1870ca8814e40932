package svasim.os.iommu.smmuv3;

import java.util.List;
import svasim.cpu.Cpu;
import svasim.iommu.core.Block;
import svasim.iommu.smmuv3.Command;
import svasim.iommu.smmuv3.ContextDescriptor;
import svasim.iommu.smmuv3.IdField;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.PasidEntry;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * arm_smmu_sva_set_dev_pasid: with mm_users held, so that the address space cannot die meanwhile,
 * invalidations are directed to the device, then its context descriptor becomes valid.
 */
final class Install {
    private static final String PUT = "mmput";

    private static final Procedure<Install> SET =
            Procedure.<Install>named("arm_smmu_sva_set_dev_pasid")
                    .sleeping("mmget_not_zero", 150_000, Install::getMm)
                    .sleeping("allocate ASID", 150_000, Install::allocateAsid)
                    .sleeping("allocate context table", 150_000, Install::allocateLeaf)
                    .sleeping("update invalidation array", 250_000, Install::addTag)
                    .sleeping("write context descriptor", 80_000, Install::writeContext)
                    .sleeping("invalidate ATC", 50_000, Install::flushAtc)
                    .sleeping(PUT, 50_000, Install::putMm)
                    .build();

    private final Unit unit;
    private final PasidEntry wanted;
    private final DeviceState state;
    private final Node node;
    private int asid;
    private boolean streamSet;

    private Install(Unit unit, PasidEntry wanted) {
        this.unit = unit;
        this.wanted = wanted;
        this.state = unit.state(wanted.device());
        this.node = unit.site().platform().references().node("set_dev_pasid of " + wanted.pasid());
    }

    static Call<?> call(Unit unit, PasidEntry entry) {
        return new Call<>(SET, new Install(unit, entry));
    }

    private Next getMm(Cpu cpu) {
        return wanted.space().getUsersUnlessZero(node) ? Next.ON : Next.DONE;
    }

    /** After a reset the device has the PASID, and its address space the ASID, still. */
    private Next allocateAsid(Cpu cpu) {
        boolean again = state.hasPasid(wanted.pasid());
        asid = again ? unit.asids().of(wanted.space()) : unit.asids().use(wanted.space());
        return Next.ON;
    }

    /** The unit may have cached that the table was not there. */
    private Next allocateLeaf(Cpu cpu) {
        if (state.contexts().hasLeaf(cpu, wanted.pasid())) {
            return Next.ON;
        }
        state.contexts().addLeaf(cpu, wanted.pasid());
        Command table = Command.context(state.streamId(), wanted.pasid(), false);
        return Next.call(unit.commands().submit(List.of(table)));
    }

    private Next addTag(Cpu cpu) {
        state.addPasid(wanted.pasid());
        state.show(wanted.pasid());
        unit.useFaults(wanted);
        return wanted.isWholeFunction()
                ? Next.call(Attach.call(unit, wanted.device(), DomainType.BLOCKED))
                : Next.ON;
    }

    private Next writeContext(Cpu cpu) {
        int size = unit.features().get(IdField.OAS);
        ContextDescriptor words =
                ContextDescriptor.tables(wanted.space().root(), asid, size, state.stalls());
        return Next.call(Contexts.write(unit, cpu, wanted, words));
    }

    /** Only a device whose own requests need no descriptors may have no table of them yet. */
    private Next flushAtc(Cpu cpu) {
        if (!state.attached().isTranslated() && !streamSet) {
            streamSet = true;
            return new Next.EnterAgain(SetStream.call(unit, state));
        }
        if (!state.hasAtc()) {
            return Next.ON;
        }
        Command all = Command.atc(state.streamId(), wanted.requestPasid(), Block.ALL);
        return Next.call(unit.commands().submit(List.of(all)));
    }

    private Next putMm(Cpu cpu) {
        return Next.call(wanted.space().putUsers(node));
    }
}
