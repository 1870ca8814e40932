package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import svasim.os.mm.AddressSpace;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;
import svasim.pcie.tlp.PasidPrefix;

/**
 * The devices that the IOMMU cannot keep apart, because they reach each other without it. They
 * share the domain of their requests without PASID, and what each PASID means. PASIDs are never
 * enabled in a group of several, since the ports on the way have to isolate for that.
 */
public final class IommuGroup {
    private static final int NONE = -1;

    private final int number;
    private DomainType defaultDomain;
    private final List<PciDevice> devices = new ArrayList<>();

    /** Whose address space a PASID is, from attach to detach (the PASID array). */
    private final Map<Integer, AddressSpace> pasids = new TreeMap<>();

    private DmaDomain dma;

    /** The second stage of a virtual machine in its place, or null. */
    private DmaDomain assigned;

    private boolean resetting;

    /** PASIDs whose entries a reset has torn down. */
    private final Set<Integer> suspended = new TreeSet<>();

    /** PASIDs that are being unbound. */
    private final Set<Integer> leaving = new TreeSet<>();

    private final WaitQueue resumption;
    private int resuming = NONE;

    IommuGroup(int number, DomainType defaultDomain) {
        this.number = number;
        this.resumption = new WaitQueue("reset of a device of group " + number);
        this.defaultDomain = defaultDomain;
    }

    public int number() {
        return number;
    }

    /** What requests without PASID use while nobody wants it otherwise. */
    public DomainType defaultDomain() {
        return isAssigned() ? DomainType.DMA : defaultDomain;
    }

    /** The unit has no tables for the DMA API: devices use physical addresses. */
    void requireIdentity() {
        defaultDomain = DomainType.IDENTITY;
    }

    /** The unit cannot pass requests through as they are: a domain of the DMA API instead. */
    void requireTranslation() {
        defaultDomain = defaultDomain == DomainType.IDENTITY ? DomainType.DMA : defaultDomain;
    }

    /**
     * The unit has no number left for a domain of the group: requests without PASID are refused.
     */
    public void block() {
        defaultDomain = DomainType.BLOCKED;
    }

    void add(PciDevice device) {
        devices.add(device);
    }

    void remove(PciDevice device) {
        devices.remove(device);
    }

    /** In the order in which they were found. */
    public List<PciDevice> devices() {
        return List.copyOf(devices);
    }

    /** The domain of the DMA API, which the first device of the group has made. */
    DmaDomain dma(Supplier<DmaDomain> maker) {
        if (dma == null) {
            dma = maker.get();
        }
        return dma;
    }

    /**
     * The domain of requests without PASID: that of the DMA API, or the second stage of a virtual
     * machine; null if no device of the group is known to its unit yet.
     */
    DmaDomain dma() {
        return isAssigned() ? assigned : dma;
    }

    /**
     * Requests without PASID use the second stage of a virtual machine as their domain from now on.
     *
     * @param stage null for the domain of the DMA API again
     */
    public void assign(DmaDomain stage) {
        assigned = stage;
    }

    /** Whether the group belongs to a virtual machine. */
    public boolean isAssigned() {
        return assigned != null;
    }

    /**
     * A PASID shows this address space from now on; page requests with it are its faults, if it has
     * any.
     *
     * @param pasid {@link PasidEntry#NO_PASID} for those without
     */
    void publish(int pasid, AddressSpace space) {
        leaving.remove(pasid);
        pasids.put(pasid, space);
    }

    /** Page requests with this PASID belong to nobody from now on. */
    void erase(int pasid) {
        suspended.remove(pasid);
        leaving.remove(pasid);
        pasids.remove(pasid);
    }

    /** The address space behind a PASID, or null. */
    AddressSpace handle(int pasid) {
        return pasids.get(pasid == PasidPrefix.NONE ? PasidEntry.NO_PASID : pasid);
    }

    /** How requests without PASID are treated as long as nothing is the matter with a device. */
    DomainType usualDomain() {
        return handle(PasidEntry.NO_PASID) == null ? defaultDomain() : DomainType.BLOCKED;
    }

    /** What a device has in use of the PASID array, by rising PASID. */
    List<PasidEntry> entries(PciDevice device) {
        List<PasidEntry> entries = new ArrayList<>();
        pasids.forEach((pasid, space) -> entries.add(new PasidEntry(device, pasid, space)));
        return entries;
    }

    /** The entry of a PASID is torn down until a reset is over. */
    void suspend(int pasid) {
        suspended.add(pasid);
    }

    /** Whether a reset has torn the entry of a PASID down, and has not set it again. */
    public boolean isSuspended(int pasid) {
        return suspended.contains(pasid);
    }

    /** Whether the end of a reset has to set the entry of a PASID again: nobody unbinds it. */
    boolean awaitsResumption(int pasid) {
        return suspended.contains(pasid) && !leaving.contains(pasid);
    }

    /** The entry of a PASID is about to be set again, until {@link #resumed}. */
    void resume(int pasid) {
        suspended.remove(pasid);
        resuming = pasid;
    }

    /** The entry is set. */
    void resumed() {
        resuming = NONE;
        resumption.wakeAll();
    }

    /** Waits as long as a reset sets the entry of a PASID again. */
    public Next awaitResumed(int pasid) {
        return resuming == pasid ? Next.await(resumption) : Next.ON;
    }

    /** An unbind of a PASID begins: no reset sets its entry again from now on. */
    public void leave(int pasid) {
        leaving.add(pasid);
    }

    /** From and until when nothing new can be bound, because a device is being reset. */
    void resetting(boolean value) {
        resetting = value;
    }

    public boolean isResetting() {
        return resetting;
    }

    @Override
    public String toString() {
        return "group " + number;
    }
}
