package svasim.guest;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import svasim.iommu.core.Forwarding;
import svasim.iommu.core.Forwarding.Scope;
import svasim.os.iommu.GuestTables;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;

/**
 * Where the machine's IOMMU reads the guest's own tables of PASIDs (SMMUv3, AMD-Vi): it is shown
 * where they are, by what the guest has written into the entry of its device, and told which
 * entries have changed.
 */
final class ShownTables implements GuestEntries {
    private final VirtualUnit virtual;

    /** Words of the guest's entry that are in force, for each function by its requester ID. */
    private final Map<Integer, List<Long>> shown = new TreeMap<>();

    ShownTables(VirtualUnit virtual) {
        this.virtual = virtual;
    }

    @Override
    public Call<?> changed(GuestFunction function, int pasid) {
        PciDevice device = function.physical();
        IommuDriver iommu = device.iommu();
        if (pasid != Forwarding.ALL) {
            return iommu.invalidateGuestEntries(device, pasid);
        }
        List<Call<?>> calls = new ArrayList<>();
        List<Long> words = virtual.unit().deviceEntry(function.requesterId());
        if (!words.equals(shown.getOrDefault(function.requesterId(), List.of()))) {
            shown.put(function.requesterId(), words);
            calls.add(
                    iommu.showGuestTables(device, words.isEmpty() ? null : new GuestTables(words)));
        }
        calls.add(iommu.invalidateGuestEntries(device, pasid));
        return Call.sequence(calls);
    }

    @Override
    public Call<?> invalidate(GuestFunction function, Scope scope) {
        return function.physical().iommu().invalidateGuest(function.physical(), scope);
    }

    @Override
    public Call<?> detach(GuestFunction function) {
        boolean any = !shown.getOrDefault(function.requesterId(), List.of()).isEmpty();
        shown.remove(function.requesterId());
        PciDevice device = function.physical();
        return any ? device.iommu().showGuestTables(device, null) : Call.nothing();
    }
}
