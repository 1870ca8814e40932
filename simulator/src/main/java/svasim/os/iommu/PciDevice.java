package svasim.os.iommu;

import svasim.os.mm.Mm;
import svasim.os.reference.Node;

/** A device that can do DMA, as the operating system knows it. */
public final class PciDevice {
    private final String name;
    private final int requesterId;
    private final PciFeatures features;
    private final IommuGroup group;
    private final IommuDriver iommu;
    private final Node node;

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
    public void publish(int pasid, Mm mm) {
        group.publish(pasid, mm);
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
    public Mm handle(int pasid) {
        return group.handle(pasid);
    }

    @Override
    public String toString() {
        return name;
    }
}
