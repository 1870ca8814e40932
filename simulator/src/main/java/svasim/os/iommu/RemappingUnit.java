package svasim.os.iommu;

import svasim.iommu.core.Block;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;

/**
 * What the driver of every IOMMU knows of its unit: where it is, its registers, its devices and
 * their page faults.
 *
 * @param <S> what the driver keeps for each device
 */
public abstract class RemappingUnit<S extends ManagedDevice> {
    private final UnitSite site;
    private final UnitRegisters registers;
    private final IoPageFaults faults;
    private final AttachedDevices<S> devices = new AttachedDevices<>();

    protected RemappingUnit(UnitSite site) {
        this.site = site;
        this.registers = new UnitRegisters(site.registerBase());
        this.faults = site.newFaults();
    }

    public final UnitSite site() {
        return site;
    }

    public final UnitRegisters registers() {
        return registers;
    }

    public final IoPageFaults faults() {
        return faults;
    }

    public final AttachedDevices<S> devices() {
        return devices;
    }

    public final S state(PciDevice device) {
        return devices.state(device);
    }

    /** Takes a device in; its group gets a domain for the DMA API if it has none. */
    public final S add(PciDevice device) {
        if (!passesThrough(device)) {
            device.group().requireTranslation();
        }
        if (!translatesDma()) {
            device.group().requireIdentity();
        }
        device.group().dma(() -> newDomain(device));
        S state = newState(device);
        devices.add(device, state);
        return state;
    }

    /** Whether a device can make page faults that it waits for, through this unit. */
    protected abstract boolean takesFaults(PciDevice device);

    /** A bond of the device needs its page faults from now on, if it can make any. */
    public final void useFaults(PasidEntry entry) {
        if (takesFaults(entry.device())) {
            faults.enable(entry.device());
        }
    }

    /**
     * The bond does not need them any more; while the device is being reset it has none. Bugs ask
     * neither whether the bond has switched them on, nor about a reset.
     */
    public final Call<?> leaveFaults(PasidEntry entry) {
        PciDevice device = entry.device();
        boolean suspended = device.group().isSuspended(entry.pasid()) && !site.has(Defect.S45);
        boolean uses = faults.isEnabled(device) || site.has(Defect.S57) || site.has(Defect.S45);
        return uses && !suspended ? faults.disable(device) : Call.nothing();
    }

    /** Whether the unit has tables for the domains of the DMA API. */
    protected boolean translatesDma() {
        return true;
    }

    /** Whether requests without PASID of a device can be left untranslated. */
    protected abstract boolean passesThrough(PciDevice device);

    /** What the driver will keep for a device, whose group has its domain. */
    protected abstract S newState(PciDevice device);

    /**
     * A domain of the DMA API, with empty tables.
     *
     * @param first device of the group that it is for
     */
    protected abstract DmaDomain newDomain(PciDevice first);

    /**
     * Whether the unit may remember that an entry was missing, so that it has to be told of new
     * ones too.
     */
    protected boolean cachesMissingEntries() {
        return false;
    }

    /**
     * Removes a block of guest-physical addresses of a second stage from the caches of the unit,
     * and with it whatever may have been translated through it: nothing that is nested is known by
     * its guest-physical address, neither in the unit nor in a device. Done when the call is over.
     */
    protected Call<?> invalidate(SecondStage stage, Block block) {
        throw new UnsupportedOperationException(site.name() + " has no guests");
    }

    /** Removes everything that a guest used of a device that is blocked. Done with the call. */
    protected Call<?> forgetGuest(PciDevice device) {
        return Call.nothing();
    }

    /** The memory of a virtual machine, with nothing mapped. */
    protected SecondStage newSecondStage(int id) {
        throw new UnsupportedOperationException(site.name() + " has no guests");
    }

    /** Numbers for what is translated for virtual machines; null if there are none. */
    public GuestTags guestTags() {
        return null;
    }

    /** Gives a table back. */
    final void free(long table) {
        site.frames().free(table);
    }

    /**
     * Removes a block of a group's domain from the caches of the unit and of the devices; done when
     * the call is over.
     */
    protected abstract Call<?> invalidate(IommuGroup group, Block block);
}
