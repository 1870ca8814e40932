package svasim.os.iommu;

import java.util.List;
import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.mm.AddressSpace;
import svasim.os.mm.ProcessStage;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.reference.Node;

/**
 * Device addresses of a driver's own making, behind a PASID that belongs to the driver and not to a
 * process (life of a PASID, 2.13): mapped and unmapped by the driver, strictly. Its tables are of
 * the first stage, as those of processes are. Nobody resolves page requests of it.
 */
public final class AuxiliaryDomain implements AddressSpace, DmaApi {
    private static final Procedure<AuxiliaryDomain> FREE =
            Procedure.<AuxiliaryDomain>named("iommu_domain_free")
                    .sleeping("free tables", 300_000, AuxiliaryDomain::freeTables)
                    .build();

    private final int id;
    private final DomainAccess access;
    private PasidEntry entry;

    AuxiliaryDomain(int id, UnitSite site) {
        this.id = id;
        long root = site.frames().allocate(FrameUse.PAGE_TABLE, site.owner());
        Architecture cores = site.platform().cores().config().architecture();
        DmaDomain.Tables tables = DmaDomain.Tables.of(ProcessStage.of(cores, root));
        this.access =
                new DomainAccess(
                        new DmaDomain(id, tables, site), site, false, this::invalidateEntry);
    }

    @Override
    public int id() {
        return id;
    }

    @Override
    public String name() {
        return "domain " + id;
    }

    @Override
    public long root() {
        return access.domain().root();
    }

    /** Its driver keeps it. */
    @Override
    public boolean getUsersUnlessZero(Node holder) {
        return true;
    }

    @Override
    public Call<?> putUsers(Node holder) {
        return Call.nothing();
    }

    /** The entry of a device shows the domain from now on; null for no longer. */
    public void attached(PasidEntry shown) {
        entry = shown;
    }

    /** Without an entry nobody can have cached anything. */
    private Call<?> invalidateEntry(long start, long end) {
        return entry == null
                ? Call.nothing()
                : entry.device().iommu().invalidate(List.of(entry), start, end);
    }

    @Override
    public Call<?> map(DmaBuffer buffer) {
        return DmaMap.call(access, buffer);
    }

    /** The pages have to be there at once. */
    @Override
    public Call<?> mapOnDemand(DmaBuffer buffer) {
        return map(buffer);
    }

    @Override
    public Call<?> unmap(DmaBuffer buffer) {
        return DmaUnmap.call(access, buffer, null);
    }

    /** Gives the tables back, when every buffer is unmapped and no entry shows them. */
    public Call<?> free() {
        return new Call<>(FREE, this);
    }

    private Next freeTables(Cpu cpu) {
        access.domain().freeTables(cpu);
        return Next.DONE;
    }
}
