package svasim.os.sva;

import java.util.function.Predicate;
import svasim.cpu.Cpu;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.IommuGroup;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.GuestBonds.GuestBond;
import svasim.trace.Kind;

/**
 * Entries of a guest's number go (unbind_gpasid, reference 2.9): because the guest says so, because
 * the number is freed, or because the device is taken from the guest.
 */
final class GuestUnbinding {
    private static final String FIND = "find entry of guest";

    private static final Procedure<GuestUnbinding> UNBIND =
            Procedure.<GuestUnbinding>named("iommu_uapi_sva_unbind_gpasid")
                    .sleeping("take lock of guest binds", 40_000, GuestUnbinding::lock)
                    .sleeping(FIND, 50_000, GuestUnbinding::find)
                    .sleeping("tear down PASID entry", 50_000, GuestUnbinding::tearDown)
                    .sleeping("entry is gone", 0, GuestUnbinding::cut)
                    .sleeping("drain page requests", 50_000, GuestUnbinding::drain)
                    .sleeping("nothing is under way", 0, GuestUnbinding::drained)
                    .sleeping("forget device", 50_000, GuestUnbinding::forget)
                    .sleeping("remove device", 80_000, GuestUnbinding::remove)
                    .sleeping("notify UNBIND of guest", 20_000, GuestUnbinding::tell)
                    .sleeping("ioasid_put of IOMMU", 40_000, GuestUnbinding::put)
                    .sleeping("release lock of guest binds", 40_000, GuestUnbinding::unlock)
                    .build();

    private final GuestBonds bonds;
    private final Predicate<GuestBond> which;
    private GuestBond bond;

    private GuestUnbinding(GuestBonds bonds, Predicate<GuestBond> which) {
        this.bonds = bonds;
        this.which = which;
    }

    private static Call<?> call(GuestBonds bonds, Predicate<GuestBond> which) {
        return new Call<>(UNBIND, new GuestUnbinding(bonds, which));
    }

    static Call<?> of(GuestBonds bonds, PciDevice device, int guest) {
        return call(bonds, bond -> bond.device() == device && bond.number().guest() == guest);
    }

    static Call<?> all(GuestBonds bonds, PciDevice device) {
        return call(bonds, bond -> bond.device() == device);
    }

    static Call<?> all(GuestBonds bonds, SetPasid number) {
        return call(bonds, bond -> bond.number() == number);
    }

    private Next lock(Cpu cpu) {
        return bonds.lock().take(this);
    }

    /** Whoever comes late finds nothing. */
    private Next find(Cpu cpu) {
        bond = bonds.bonds().stream().filter(which).findFirst().orElse(null);
        if (bond == null) {
            return Next.jump(UNBIND.lastStep());
        }
        return group().awaitResumed(entry().pasid());
    }

    private Next tearDown(Cpu cpu) {
        bonds.tell(bond, "unbind");
        boolean gone = group().isSuspended(entry().pasid());
        group().leave(entry().pasid());
        return gone ? Next.ON : Next.call(unit().tearDown(entry()));
    }

    private Next cut(Cpu cpu) {
        bond.number().life().cut(entry());
        return Next.ON;
    }

    private Next drain(Cpu cpu) {
        return Next.call(unit().drain(entry()));
    }

    private Next drained(Cpu cpu) {
        bond.number().life().drained(entry());
        return Next.ON;
    }

    private Next forget(Cpu cpu) {
        return Next.call(unit().forget(entry()));
    }

    private Next remove(Cpu cpu) {
        bond.device().erase(entry().pasid());
        bonds.remove(bond);
        bond.number().life().tell(Kind.TARGET_REMOVED, entry());
        bond.number().life().tell(Kind.UNBOUND, entry());
        return Next.ON;
    }

    /** Others are told of the last unbind only; who was told of the free knows more already. */
    private Next tell(Cpu cpu) {
        boolean last = !bonds.isBound(bond.number()) && !bond.number().isFreePending();
        return last ? Next.call(bonds.set().tell(PasidEvent.UNBIND, bond.number())) : Next.ON;
    }

    private Next put(Cpu cpu) {
        bond.number().put(bonds.name());
        return Next.jump(FIND);
    }

    private Next unlock(Cpu cpu) {
        bonds.lock().give(this);
        return Next.DONE;
    }

    private IommuDriver unit() {
        return bond.device().iommu();
    }

    private IommuGroup group() {
        return bond.device().group();
    }

    private PasidEntry entry() {
        return bond.entry();
    }
}
