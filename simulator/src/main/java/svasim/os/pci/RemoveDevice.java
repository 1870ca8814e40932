package svasim.os.pci;

import java.util.Iterator;
import java.util.List;
import svasim.cpu.Cpu;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ReleaseDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * pci_stop_and_remove_bus_device: takes a device away, whether it is still there or not, and
 * whoever has it open. Nobody can open it any more; mappings of its registers go, so that a program
 * gets SIGBUS there; what each open file has of the driver is released, and the file stays as a
 * zombie that can only be closed. Then the driver goes, and the IOMMU forgets the device.
 */
public final class RemoveDevice {
    private static final Procedure<RemoveDevice> REMOVE =
            Procedure.<RemoveDevice>named("pci_stop_and_remove_bus_device")
                    .sleeping("remove device node", 100_000, RemoveDevice::removeNode)
                    .sleeping("device_lock", 20_000, RemoveDevice::awaitOpen)
                    .sleeping("unmap_mapping_range", 50_000, RemoveDevice::unmapNext)
                    .sleeping("release open files", 50_000, RemoveDevice::releaseNext)
                    .sleeping("driver remove", 100_000, RemoveDevice::removeDriver)
                    .sleeping("iommu_release_device", 50_000, RemoveDevice::releaseFromIommu)
                    .build();

    private final PciDevice device;
    private final FileOperations node;
    private final RemovalServices services;
    private Iterator<OpenFile> mapped;
    private Iterator<OpenFile> open;

    private RemoveDevice(PciDevice device, FileOperations node, RemovalServices services) {
        this.device = device;
        this.node = node;
        this.services = services;
    }

    /**
     * Takes a device away.
     *
     * @param node through which programs open it
     */
    public static Call<?> call(PciDevice device, FileOperations node, RemovalServices services) {
        return new Call<>(REMOVE, new RemoveDevice(device, node, services));
    }

    private Next removeNode(Cpu cpu) {
        services.forget().accept(device.name());
        return Next.ON;
    }

    /** An open that has begun ends before. */
    private Next awaitOpen(Cpu cpu) {
        Next wait = services.files().awaitOpen(node);
        if (wait == Next.ON) {
            List<OpenFile> orphans = services.files().orphans(node);
            mapped = orphans.iterator();
            open = orphans.iterator();
        }
        return wait;
    }

    /** No access of a program is let through from here on, and none is mapped again. */
    private Next unmapNext(Cpu cpu) {
        if (!mapped.hasNext()) {
            return Next.ON;
        }
        OpenFile file = mapped.next();
        file.orphan();
        return new Next.EnterAgain(services.spaces().zap(file));
    }

    private Next releaseNext(Cpu cpu) {
        return open.hasNext() ? new Next.EnterAgain(open.next().releaseEarly()) : Next.ON;
    }

    private Next removeDriver(Cpu cpu) {
        return Next.call(services.driverGone().apply(device, node.remove()));
    }

    /** A driver that has kept a bond keeps the device too. */
    private Next releaseFromIommu(Cpu cpu) {
        services.files().driverGone(node);
        boolean free = device.iommu() != null && !device.isBound();
        return free ? Next.call(ReleaseDevice.call(device)) : Next.DONE;
    }
}
