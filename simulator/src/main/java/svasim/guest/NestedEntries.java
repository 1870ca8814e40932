package svasim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.iommu.core.Iommu;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.NestedSpace;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.sva.GuestBind;
import svasim.os.sva.SetPasid;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Where the host owns the tables of PASIDs (VT-d): for each entry that the guest makes there is one
 * of the host's that walks the guest's first stage over the guest's memory. The numbers of a
 * function that the guest has for itself are those of the guest.
 */
final class NestedEntries implements GuestEntries {
    private final Guest guest;
    private final VirtualUnit virtual;

    /** What is shown now, by PASID, for each function by its requester ID. */
    private final Map<Integer, Map<Integer, PasidEntry>> shown = new TreeMap<>();

    NestedEntries(Guest guest, VirtualUnit virtual) {
        this.guest = guest;
        this.virtual = virtual;
    }

    private Map<Integer, PasidEntry> shown(GuestFunction function) {
        return shown.computeIfAbsent(function.requesterId(), f -> new TreeMap<>());
    }

    @Override
    public Call<?> changed(GuestFunction function, int pasid) {
        List<Call<?>> calls = new ArrayList<>();
        TreeSet<Integer> concerned = new TreeSet<>();
        if (pasid == Forwarding.ALL) {
            concerned.addAll(shown(function).keySet());
            concerned.add(PasidEntry.NO_PASID);
        } else {
            concerned.add(pasid);
        }
        concerned.forEach(number -> update(function, number, calls));
        return Call.sequence(calls);
    }

    private void update(GuestFunction function, int pasid, List<Call<?>> calls) {
        PciDevice device = function.physical();
        PasidEntry before = shown(function).get(pasid);
        int asked = pasid == PasidEntry.NO_PASID ? PasidPrefix.NONE : pasid;
        long root = virtual.unit().rootOf(function.requesterId(), asked);
        boolean same = before != null && before.space().root() == root && isThere(pasid, before);
        if (same) {
            calls.add(device.iommu().flush(before));
            return;
        }
        if (before != null) {
            remove(function, pasid, before, calls);
        }
        if (root != Iommu.NO_ROOT) {
            install(function, pasid, root, calls);
        }
    }

    private void install(GuestFunction function, int pasid, long root, List<Call<?>> calls) {
        PciDevice device = function.physical();
        GuestNumbers numbers = guest.numbers();
        if (numbers == null) {
            PasidEntry entry = new PasidEntry(device, pasid, space(device, pasid, root));
            shown(function).put(pasid, entry);
            calls.add(device.iommu().install(entry));
            return;
        }
        SetPasid number = numbers.set().find(pasid);
        if (number != null) {
            NestedSpace space = space(device, pasid, root, number.id());
            shown(function).put(pasid, new PasidEntry(device, number.host(), space));
            calls.add(numbers.bonds().bind(new GuestBind(device, pasid, space)));
        }
    }

    /** A number that the guest has freed while it was bound has lost its entry. */
    private boolean isThere(int pasid, PasidEntry entry) {
        GuestNumbers numbers = guest.numbers();
        SetPasid number = numbers == null ? null : numbers.set().find(pasid);
        return numbers == null || number != null && numbers.bonds().entries(number).contains(entry);
    }

    private NestedSpace space(PciDevice device, int pasid, long root) {
        return space(device, pasid, root, guest.memory().owner());
    }

    private NestedSpace space(PciDevice device, int pasid, long root, int id) {
        return new NestedSpace(
                id, guest.name() + " PASID " + pasid, root, guest.stages().of(device.iommu()));
    }

    /** Every page request of the entry is in the guest's queue before its wait ends. */
    private void remove(GuestFunction function, int pasid, PasidEntry entry, List<Call<?>> calls) {
        IommuDriver iommu = entry.device().iommu();
        shown(function).remove(pasid);
        if (guest.numbers() != null) {
            calls.add(guest.numbers().bonds().unbind(entry.device(), pasid));
            return;
        }
        calls.add(iommu.tearDown(entry));
        calls.add(iommu.drain(entry));
        calls.add(iommu.forget(entry));
        if (entry.isWholeFunction()) {
            calls.add(iommu.attach(entry.device(), DomainType.DMA));
        }
    }

    @Override
    public Call<?> invalidate(GuestFunction function, Scope scope) {
        PciDevice device = function.physical();
        List<Call<?>> calls = new ArrayList<>();
        shown(function)
                .forEach(
                        (pasid, entry) -> {
                            boolean its = scope.pasid() == Forwarding.ALL || scope.pasid() == pasid;
                            if (its && isThere(pasid, entry)) {
                                Scope own = scope.with(Forwarding.ALL, entry.pasid());
                                calls.add(device.iommu().invalidateGuest(device, own));
                            }
                        });
        return Call.sequence(calls);
    }

    @Override
    public Call<?> detach(GuestFunction function) {
        List<Call<?>> calls = new ArrayList<>();
        Map<Integer, PasidEntry> all = new TreeMap<>(shown(function));
        all.forEach((pasid, entry) -> remove(function, pasid, entry, calls));
        return Call.sequence(calls);
    }
}
