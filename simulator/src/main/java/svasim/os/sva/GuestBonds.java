package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Call;
import svasim.os.task.Mutex;
import svasim.os.task.Platform;

/**
 * The entries that host units have for the numbers of a virtual machine: what the IOMMU's driver
 * holds of them (reference 2.9). A guest binds and unbinds through the machine's VMM; a number that
 * it frees while it is bound is unbound by work, and a late unbind finds nothing.
 */
public final class GuestBonds implements PasidUser {
    private static final String NAME = "IOMMU";

    private final PasidSet set;
    private final Mutex lock;
    private final List<GuestBond> bonds = new ArrayList<>();

    /** A device that translates with a number. */
    record GuestBond(SetPasid number, PasidEntry entry) {
        PciDevice device() {
            return entry.device();
        }
    }

    GuestBonds(PasidSet set) {
        this.set = set;
        this.lock = new Mutex("guest binds of " + set.owner());
    }

    @Override
    public Rank rank() {
        return Rank.IOMMU;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** Makes the entry of a number present on a device; the request knows the outcome. */
    public Call<?> bind(GuestBind wanted) {
        return GuestBinding.call(this, wanted);
    }

    /** Leaves nothing of a number on a device; nothing happens if there is nothing of it. */
    public Call<?> unbind(PciDevice device, int guest) {
        return GuestUnbinding.of(this, device, guest);
    }

    /** Leaves nothing of any number on a device. */
    public Call<?> unbindAll(PciDevice device) {
        return GuestUnbinding.all(this, device);
    }

    /** Tearing down takes time and is work. */
    @Override
    public Call<?> told(PasidEvent event, SetPasid number) {
        if (event == PasidEvent.FREE) {
            platform().events().add(GuestUnbinding.all(this, number));
        }
        return Call.nothing();
    }

    /** The address space of a guest with a number in the trace, or null. */
    AddressSpace space(int id) {
        return bonds.stream()
                .map(bond -> bond.entry().space())
                .filter(space -> space.id() == id)
                .findFirst()
                .orElse(null);
    }

    /** Entries that are present for a number. */
    public List<PasidEntry> entries(SetPasid number) {
        return bonds.stream().filter(b -> b.number() == number).map(GuestBond::entry).toList();
    }

    PasidSet set() {
        return set;
    }

    Platform platform() {
        return set.platform();
    }

    /** Held while entries of the machine change. */
    Mutex lock() {
        return lock;
    }

    List<GuestBond> bonds() {
        return List.copyOf(bonds);
    }

    void add(GuestBond bond) {
        bonds.add(bond);
    }

    void remove(GuestBond bond) {
        bonds.remove(bond);
    }

    boolean isBound(SetPasid number) {
        return bonds.stream().anyMatch(bond -> bond.number() == number);
    }

    /** Tells that the host does something for the guest. */
    void tell(GuestBond bond, String what) {
        bond.number().tellAction(what, bond.device().requesterId());
    }
}
