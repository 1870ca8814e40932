package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.iommu.amdvi.Command;
import svasim.iommu.core.Block;
import svasim.os.iommu.ManagedDevice;
import svasim.os.iommu.PasidEntry;
import svasim.os.iommu.PciDevice;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver keeps for one device. */
final class DeviceState extends ManagedDevice {
    private final GuestRoots roots;
    private GuestEntry guest;

    /**
     * @param roots null if the device's domain has host tables
     */
    DeviceState(PciDevice device, GuestRoots roots) {
        super(device);
        this.roots = roots;
    }

    int deviceId() {
        return requesterId();
    }

    GuestRoots roots() {
        return roots;
    }

    /** Whether the host's own GCR3 table is what the device uses: not of a virtual machine. */
    boolean hasGuestTables() {
        return roots != null && stage() == null;
    }

    /** What the guest says of its own; null for host tables alone. */
    GuestEntry guest() {
        return guest;
    }

    void guest(GuestEntry wanted) {
        guest = wanted;
    }

    /** Removes a block of a PASID's translations from unit and device, or of those without. */
    List<Command> flush(int pasid, Block block) {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.guestPages(domain().id(), pasid, block));
        boolean whole = pasid == PasidEntry.NO_PASID;
        commands.addAll(flushDevice(whole ? PasidPrefix.NONE : pasid, block));
        return commands;
    }

    /** Removes a block of the domain's translations from the unit. */
    Command flushDomain(Block block) {
        return hasGuestTables()
                ? Command.guestPages(domain().id(), 0, block)
                : Command.hostPages(domain().id(), block);
    }

    /**
     * Removes a block from the device, if that can hold translations.
     *
     * @param pasid negative for translations without PASID
     */
    List<Command> flushDevice(int pasid, Block block) {
        if (!hasAtc()) {
            return List.of();
        }
        int depth = device().features().invalidateQueueDepth();
        return List.of(Command.devicePages(deviceId(), depth, pasid, block));
    }
}
