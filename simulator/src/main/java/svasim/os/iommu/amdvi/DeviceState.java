package svasim.os.iommu.amdvi;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.Block;
import svasim.os.iommu.DmaDomain;
import svasim.os.iommu.PciDevice;
import svasim.pcie.tlp.PasidPrefix;

/** What the driver keeps for one device. */
final class DeviceState {
    private final PciDevice device;
    private final DmaDomain domain;
    private final GuestRoots roots;

    /**
     * @param roots null if the device's domain has host tables
     */
    DeviceState(PciDevice device, DmaDomain domain, GuestRoots roots) {
        this.device = device;
        this.domain = domain;
        this.roots = roots;
    }

    int deviceId() {
        return device.requesterId();
    }

    DmaDomain domain() {
        return domain;
    }

    GuestRoots roots() {
        return roots;
    }

    boolean hasGuestTables() {
        return roots != null;
    }

    /** Removes a block of a PASID's translations from the unit and from the device. */
    List<Command> flush(int pasid, Block block) {
        List<Command> commands = new ArrayList<>();
        commands.add(Command.guestPages(domain.id(), pasid, block));
        addDevice(commands, pasid, block);
        return commands;
    }

    /** The same for translations without PASID. */
    List<Command> flushDomain(Block block) {
        List<Command> commands = new ArrayList<>();
        commands.add(
                hasGuestTables()
                        ? Command.guestPages(domain.id(), 0, block)
                        : Command.hostPages(domain.id(), block));
        addDevice(commands, PasidPrefix.NONE, block);
        return commands;
    }

    private void addDevice(List<Command> commands, int pasid, Block block) {
        if (device.features().atsEnabled()) {
            int depth = device.features().invalidateQueueDepth();
            commands.add(Command.devicePages(deviceId(), depth, pasid, block));
        }
    }
}
