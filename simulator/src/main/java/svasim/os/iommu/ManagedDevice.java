package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the driver of every IOMMU keeps for one device. */
public class ManagedDevice {
    private final PciDevice device;

    /** PASIDs whose invalidations go to the device. */
    private final TreeSet<Integer> pasids = new TreeSet<>();

    /** PASIDs that have an entry in the device's table, or are about to get one. */
    private final TreeSet<Integer> shown = new TreeSet<>();

    /** PASIDs that guests use, as far as they are known, and their machines' second stages. */
    private final Map<Integer, SecondStage> nested = new TreeMap<>();

    private DomainType attached = DomainType.BLOCKED;
    private SecondStage stage;

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

    /** The device belongs to a virtual machine from now on; null for no longer. */
    final void assign(SecondStage machine) {
        stage = machine;
    }

    /** The second stage of the virtual machine that the device belongs to, or null. */
    public final SecondStage stage() {
        return stage;
    }

    /** A guest may have translations of a PASID in the device, over a second stage. */
    public final void addNested(int pasid, SecondStage below) {
        nested.put(pasid, below);
    }

    public final void removeNested(int pasid) {
        nested.remove(pasid);
    }

    /**
     * The second stage below what a PASID shows a guest, or below requests without PASID; or null.
     */
    public final SecondStage stage(int pasid) {
        return nested.getOrDefault(pasid, stage);
    }

    /** PASIDs whose translations lead through a second stage. */
    public final List<Integer> nested(SecondStage below) {
        List<Integer> pasids = new ArrayList<>();
        nested.forEach(
                (pasid, used) -> {
                    if (used == below) {
                        pasids.add(pasid);
                    }
                });
        return pasids;
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
