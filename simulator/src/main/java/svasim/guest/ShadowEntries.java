package svasim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.os.iommu.DomainType;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PageRequest;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ShadowSpace;
import svasim.os.procedure.Call;
import svasim.paging.Stage;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/**
 * Caching mode (VT-d): for each entry that the guest makes there is one of the host's that shows a
 * copy of the guest's tables, which is brought up to date with each invalidation. What the guest
 * maps in tables of a process it does not announce; that is copied when a device has asked for it.
 */
final class ShadowEntries implements GuestEntries {
    private final Guest guest;
    private final VirtualUnit virtual;
    private final Counter copied;

    /** What is shown now, by PASID, for each function by its requester ID. */
    private final Map<Integer, Map<Integer, Shown>> shown = new TreeMap<>();

    /**
     * @param tables the guest's
     */
    private record Shown(PasidEntry entry, Stage tables) {
        ShadowSpace space() {
            return (ShadowSpace) entry.space();
        }

        Call<?> sync(long start, long bytes) {
            return space().sync(entry, start, bytes);
        }
    }

    ShadowEntries(Guest guest, VirtualUnit virtual) {
        this.guest = guest;
        this.virtual = virtual;
        this.copied =
                guest.statistics()
                        .counter(
                                "viommu.shadow.entries",
                                "entries of the guest's tables that were copied or removed");
    }

    private Map<Integer, Shown> shown(GuestFunction function) {
        return shown.computeIfAbsent(function.requesterId(), f -> new TreeMap<>());
    }

    @Override
    public Call<?> changed(GuestFunction function, int pasid) {
        TreeSet<Integer> concerned = new TreeSet<>(List.of(pasid));
        if (pasid == Forwarding.ALL) {
            concerned = new TreeSet<>(shown(function).keySet());
            concerned.add(PasidEntry.NO_PASID);
        }
        List<Call<?>> calls = new ArrayList<>();
        concerned.forEach(number -> update(function, number, calls));
        return Call.sequence(calls);
    }

    private void update(GuestFunction function, int pasid, List<Call<?>> calls) {
        Shown before = shown(function).get(pasid);
        int asked = pasid == PasidEntry.NO_PASID ? PasidPrefix.NONE : pasid;
        Stage tables = virtual.unit().tablesOf(function.requesterId(), asked);
        if (before != null && tables != null && before.tables().root() == tables.root()) {
            calls.add(before.sync(0, Forwarding.ALL));
            return;
        }
        if (before != null) {
            remove(function, before, calls);
        }
        if (tables != null) {
            show(function, pasid, tables, calls);
        }
    }

    private void show(GuestFunction function, int pasid, Stage tables, List<Call<?>> calls) {
        PciDevice device = function.physical();
        IommuDriver iommu = device.iommu();
        ShadowSpace space =
                iommu.newShadow(
                        guest.memory().owner(),
                        guest.name() + " PASID " + pasid,
                        tables,
                        guest.stages().of(iommu),
                        copied);
        Shown entry = new Shown(new PasidEntry(device, pasid, space), tables);
        shown(function).put(pasid, entry);
        calls.add(iommu.install(entry.entry()));
        calls.add(entry.sync(0, Forwarding.ALL));
    }

    private void remove(GuestFunction function, Shown gone, List<Call<?>> calls) {
        PasidEntry entry = gone.entry();
        IommuDriver iommu = entry.device().iommu();
        shown(function).remove(entry.pasid());
        calls.add(iommu.tearDown(entry));
        calls.add(iommu.drain(entry));
        calls.add(iommu.forget(entry));
        if (entry.isWholeFunction()) {
            calls.add(iommu.attach(entry.device(), DomainType.DMA));
        }
        calls.add(gone.space().free());
    }

    /** Pages without PASID are those of tables without PASID; everything may be of any. */
    @Override
    public Call<?> invalidate(GuestFunction function, Scope scope) {
        List<Call<?>> calls = new ArrayList<>();
        shown(function)
                .forEach(
                        (pasid, entry) -> {
                            boolean any = scope.pasid() == Forwarding.ALL;
                            boolean untagged = pasid == PasidEntry.NO_PASID;
                            boolean meant =
                                    any ? untagged || scope.isWhole() : scope.pasid() == pasid;
                            if (meant) {
                                calls.add(entry.sync(scope.address(), scope.bytes()));
                            }
                        });
        return Call.sequence(calls);
    }

    @Override
    public Call<?> resolved(GuestFunction function, List<PageRequest> group) {
        List<Call<?>> calls = new ArrayList<>();
        for (PageRequest request : group) {
            int pasid = request.pasid() == PasidPrefix.NONE ? PasidEntry.NO_PASID : request.pasid();
            Shown entry = shown(function).get(pasid);
            if (entry != null) {
                calls.add(entry.sync(request.address(), 1));
            }
        }
        return Call.sequence(calls);
    }

    @Override
    public Call<?> detach(GuestFunction function) {
        List<Call<?>> calls = new ArrayList<>();
        for (Shown entry : List.copyOf(shown(function).values())) {
            remove(function, entry, calls);
        }
        return Call.sequence(calls);
    }
}
