package svasim.os.iommu;

import java.util.TreeSet;

/** What the driver of every IOMMU keeps for one device. */
public class ManagedDevice {
    private final PciDevice device;

    /** PASIDs whose invalidations go to the device. */
    private final TreeSet<Integer> pasids = new TreeSet<>();

    /** PASIDs that have an entry in the device's table, or are about to get one. */
    private final TreeSet<Integer> shown = new TreeSet<>();

    private DomainType attached = DomainType.BLOCKED;

    protected ManagedDevice(PciDevice device) {
        this.device = device;
    }

    /** How requests without PASID are treated now. */
    public final DomainType attached() {
        return attached;
    }

    public final void attached(DomainType type) {
        attached = type;
    }

    public final PciDevice device() {
        return device;
    }

    public final int requesterId() {
        return device.requesterId();
    }

    /** Where the addresses of the DMA API are mapped, for the whole group. */
    public final DmaDomain domain() {
        return device.group().dma();
    }

    /** Whether the device may hold translations of its own; not one that is gone. */
    public final boolean hasAtc() {
        return device.isPresent() && device.features().atsEnabled();
    }

    /** From now on invalidations of the PASID go to the device. */
    public final void addPasid(int pasid) {
        pasids.add(pasid);
    }

    /**
     * No more of them.
     *
     * @return true if no PASID is left
     */
    public final boolean removePasid(int pasid) {
        pasids.remove(pasid);
        return pasids.isEmpty();
    }

    /** Whether invalidations of the PASID go to the device. */
    public final boolean hasPasid(int pasid) {
        return pasids.contains(pasid);
    }

    /** The PASID gets its entry in the device's table. */
    public final void show(int pasid) {
        shown.add(pasid);
    }

    /** The PASID loses its entry in the device's table. */
    public final void hide(int pasid) {
        shown.remove(pasid);
    }

    /** Whether the PASID has an entry in the device's table. */
    public final boolean shows(int pasid) {
        return shown.contains(pasid);
    }

    /** Whether the device needs its table for the sake of any PASID. */
    public final boolean showsPasids() {
        return !shown.isEmpty();
    }

    /** Whether the device uses any address space of a process. */
    public final boolean hasPasids() {
        return !pasids.isEmpty();
    }
}
