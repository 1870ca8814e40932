package svasim.os.iommu;

import java.util.ArrayList;
import java.util.List;
import svasim.os.mm.AddressSpace;
import svasim.os.mm.Mm;
import svasim.os.reference.Node;
import svasim.pcie.tlp.PasidPrefix;

/** A device that can do DMA, as the operating system knows it. */
public final class PciDevice {
    private final String name;
    private final int requesterId;
    private final PciFeatures features;
    private final IommuGroup group;
    private final IommuDriver iommu;
    private final Node node;
    private final List<Runnable> disconnectListeners = new ArrayList<>();
    private ErrorHandlers errorHandlers = ErrorHandlers.NONE;
    private GuestFaults guestFaults;
    private boolean disconnected;
    private boolean presumedPresent;

    /**
     * @param group which the device joins
     * @param iommu driver of the unit above the device, or null if there is none
     */
    public PciDevice(
            String name,
            int requesterId,
            PciFeatures features,
            IommuGroup group,
            IommuDriver iommu,
            Node node) {
        this.name = name;
        this.requesterId = requesterId;
        this.features = features;
        this.group = group;
        this.iommu = iommu;
        this.node = node;
        group.add(this);
    }

    public String name() {
        return name;
    }

    public int requesterId() {
        return requesterId;
    }

    /** Capabilities in configuration space. */
    public PciFeatures features() {
        return features;
    }

    /** What its driver does around a reset. */
    public ErrorHandlers errorHandlers() {
        return errorHandlers;
    }

    /** The device has a driver from now on. */
    public void errorHandlers(ErrorHandlers ofDriver) {
        errorHandlers = ofDriver;
    }

    /**
     * It was found to be gone (pci_dev_set_disconnected): nothing may be waited for that it would
     * have to do.
     */
    public void disconnected() {
        disconnected = true;
        disconnectListeners.forEach(Runnable::run);
    }

    /** Whether it is known to be gone. */
    public boolean isDisconnected() {
        return disconnected;
    }

    /** Called when the device is found to be gone: a driver wakes who waits for an interrupt. */
    public void onDisconnect(Runnable listener) {
        disconnectListeners.add(listener);
    }

    /** Whether it answers configuration requests (pci_device_is_present). */
    public boolean answers() {
        return features.isPresent();
    }

    /** Whether something may be asked of it that it has to answer. */
    public boolean isPresent() {
        return presumedPresent || !disconnected && answers();
    }

    /** A bug on purpose (S38): nobody looks whether it is there before something is asked of it. */
    public void presumePresent() {
        presumedPresent = true;
    }

    /** Whether some address space is bound to it. */
    public boolean isBound() {
        return !group.entries(this).isEmpty();
    }

    /** The devices that the IOMMU cannot keep apart from this one. */
    public IommuGroup group() {
        return group;
    }

    /** Driver of the unit above the device, or null. */
    public IommuDriver iommu() {
        return iommu;
    }

    public Node node() {
        return node;
    }

    /** Page requests with this PASID are faults of this address space from now on. */
    public void publish(int pasid, AddressSpace space) {
        group.publish(pasid, space);
    }

    /** Page requests with this PASID belong to nobody from now on. */
    public void erase(int pasid) {
        group.erase(pasid);
    }

    /**
     * PASID that the device's requests carry for the address space that was published with this
     * number; the number itself if none was.
     */
    public int requestPasid(int pasid) {
        return handle(pasid) != null ? iommu.requestPasid(pasid) : pasid;
    }

    /** The address space behind a PASID, or null. */
    public AddressSpace handle(int pasid) {
        return group.handle(pasid);
    }

    /** The process whose faults page requests with this PASID are; null if they are nobody's. */
    public Mm process(int pasid) {
        return handle(pasid) instanceof Mm mm ? mm : null;
    }

    /** Who takes the page requests that the device makes for guests. */
    public void guestFaults(GuestFaults taker) {
        guestFaults = taker;
    }

    /** Who takes page requests with a PASID because a guest answers them; null if none does. */
    GuestFaults guestFaults(int pasid) {
        boolean guests = group.isAssigned() || handle(pasid) instanceof GuestSpace;
        return guests ? guestFaults : null;
    }

    /** Whether page requests with this PASID are for pages of the DMA API. */
    boolean hasPagesOnDemand(int pasid) {
        DmaDomain dma = group.dma();
        return pasid == PasidPrefix.NONE && dma != null && dma.servesRequests();
    }

    /** Whether page requests without PASID are served at all. */
    public boolean servesUntagged() {
        return handle(PasidPrefix.NONE) != null || hasPagesOnDemand(PasidPrefix.NONE);
    }

    @Override
    public String toString() {
        return name;
    }
}
