package svasim.os.sva;

import svasim.os.iommu.AuxiliaryDomain;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;

/**
 * A PASID of a device that its driver has made for a domain of its own: what it asks for, and what
 * it gets. The number is the driver's; no end of a process takes it away.
 */
public final class DomainAttachment {
    private final PciDevice device;
    private PasidLife life;
    private AuxiliaryDomain domain;
    private boolean attached;
    private String refusal;

    public DomainAttachment(PciDevice device) {
        this.device = device;
    }

    public PciDevice device() {
        return device;
    }

    /** Whether requests of the device with the number are translated by the domain. */
    public boolean isAttached() {
        return attached;
    }

    /** Why it is not attached, or null. */
    public String refusal() {
        return refusal;
    }

    /** Where the driver maps what the device shall reach; null if it was refused. */
    public AuxiliaryDomain domain() {
        return domain;
    }

    /** PASID that the device has to send. */
    public int pasid() {
        return life.pasid();
    }

    PasidLife life() {
        return life;
    }

    PasidEntry entry() {
        return new PasidEntry(device, life.pasid(), domain);
    }

    void refused(String reason) {
        refusal = reason;
    }

    void made(AuxiliaryDomain newDomain, PasidLife number) {
        domain = newDomain;
        life = number;
    }

    void attached(boolean now) {
        attached = now;
    }
}
