package svasim.os.sva;

import svasim.os.iommu.PciDevice;
import svasim.os.mm.AddressSpace;

/**
 * A device that shall translate with a number of a virtual machine, as its guest asks for it: what
 * is wanted, and what becomes of that.
 */
public final class GuestBind {
    private final PciDevice device;
    private final int guest;
    private final AddressSpace space;
    private String refusal;

    /**
     * @param guest number as the guest knows it
     * @param space the guest's address space, whose {@link AddressSpace#id} is that of the number
     */
    public GuestBind(PciDevice device, int guest, AddressSpace space) {
        this.device = device;
        this.guest = guest;
        this.space = space;
    }

    PciDevice device() {
        return device;
    }

    int guest() {
        return guest;
    }

    AddressSpace space() {
        return space;
    }

    /** Why the device cannot translate with the number; null if it can. */
    public String refusal() {
        return refusal;
    }

    void refused(String reason) {
        refusal = reason;
    }
}
