package svasim.os.sva;

import svasim.cpu.Cpu;
import svasim.os.iommu.FeatureSubset;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.GuestBonds.GuestBond;
import svasim.trace.Kind;

/** A guest's number gets an entry on a device of the host (bind_gpasid, reference 2.9). */
final class GuestBinding {
    private static final Procedure<GuestBinding> BIND =
            Procedure.<GuestBinding>named("iommu_uapi_sva_bind_gpasid")
                    .sleeping("take lock of guest binds", 40_000, GuestBinding::lock)
                    .sleeping("find number of guest", 50_000, GuestBinding::find)
                    .sleeping("check device for guest", 150_000, GuestBinding::check)
                    .sleeping("ioasid_get of IOMMU", 40_000, GuestBinding::get)
                    .sleeping("set up nested PASID entry", 50_000, GuestBinding::install)
                    .sleeping("publish guest PASID", 100_000, GuestBinding::publish)
                    .sleeping("notify BIND of guest", 20_000, GuestBinding::tell)
                    .sleeping("release lock of guest binds", 40_000, GuestBinding::unlock)
                    .build();

    private final GuestBonds bonds;
    private final GuestBind wanted;
    private final PciDevice device;
    private GuestBond bond;
    private boolean first;

    private GuestBinding(GuestBonds bonds, GuestBind wanted) {
        this.bonds = bonds;
        this.wanted = wanted;
        this.device = wanted.device();
    }

    static Call<?> call(GuestBonds bonds, GuestBind wanted) {
        return new Call<>(BIND, new GuestBinding(bonds, wanted));
    }

    private Next lock(Cpu cpu) {
        return bonds.lock().take(this);
    }

    private Next find(Cpu cpu) {
        SetPasid number = bonds.set().find(wanted.guest());
        if (number == null) {
            return refuse(
                    "PASID "
                            + wanted.guest()
                            + " is no number of "
                            + bonds.set().owner()
                            + " (-EINVAL)");
        }
        if (number.id() != wanted.space().id()) {
            throw new IllegalStateException(
                    wanted.space().name() + " is not what PASID " + number.host() + " is for");
        }
        bond = new GuestBond(number, new PasidEntry(device, number.host(), wanted.space()));
        first = !bonds.isBound(number);
        return Next.ON;
    }

    private Next check(Cpu cpu) {
        String reason = Refusals.reason(device, FeatureSubset.AUXILIARY);
        reason = reason == null ? device.iommu().obstacle(device, wanted.space()) : reason;
        boolean known = bonds.bonds().stream().anyMatch(this::isSame);
        reason = reason == null && known ? "the device has the PASID already (-EBUSY)" : reason;
        return reason == null ? Next.ON : refuse(reason);
    }

    private boolean isSame(GuestBond other) {
        return other.number() == bond.number() && other.device() == device;
    }

    private Next get(Cpu cpu) {
        return bond.number().get(bonds.name()) ? Next.ON : refuse("the PASID is being freed");
    }

    /** Invalidations reach the device before its entry becomes present. */
    private Next install(Cpu cpu) {
        bond.number().life().tell(Kind.TARGET_ADDED, bond.entry());
        bonds.tell(bond, "bind");
        return Next.call(device.iommu().install(bond.entry()));
    }

    private Next publish(Cpu cpu) {
        device.publish(bond.number().host(), wanted.space());
        bonds.add(bond);
        bond.number().life().bound(bond.entry());
        return Next.ON;
    }

    /** Others are told of the first bind only. */
    private Next tell(Cpu cpu) {
        return first ? Next.call(bonds.set().tell(PasidEvent.BIND, bond.number())) : Next.ON;
    }

    private Next unlock(Cpu cpu) {
        bonds.lock().give(this);
        return Next.DONE;
    }

    private Next refuse(String reason) {
        wanted.refused(reason);
        return Next.jump(BIND.lastStep());
    }
}
