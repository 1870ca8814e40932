package svasim.guest;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;

/**
 * A file by which a monitor holds a device for its guest: it holds the file of the virtual machine
 * as long, and its opening maps the guest's memory for the device.
 */
abstract class GuestDeviceFile implements FileOperations {
    private final Guest guest;
    private final GuestFunction function;
    private final KvmFile machine;
    private OpenFile held;

    GuestDeviceFile(Guest guest, GuestFunction function, KvmFile machine) {
        this.guest = guest;
        this.function = function;
        this.machine = machine;
    }

    /** Has the guest take the device, when it can. */
    abstract Call<?> open();

    /** Takes the device back. */
    abstract Call<?> release();

    final Guest guest() {
        return guest;
    }

    final GuestFunction function() {
        return function;
    }

    /** The function as the host knows it. */
    final PciDevice device() {
        return function.physical();
    }

    final IommuDriver iommu() {
        return device().iommu();
    }

    @Override
    public final Call<?> open(OpenFile opened) {
        if (machine.file() == null) {
            opened.refuse("no virtual machine");
            return Call.nothing();
        }
        if (!iommu().servesGuests()) {
            opened.refuse(iommu().name() + " has no second stage for a guest");
            return Call.nothing();
        }
        return open();
    }

    @Override
    public final Call<?> mmap(OpenFile opened, DeviceMapping mapping) {
        mapping.refuse("only the guest maps the device");
        return Call.nothing();
    }

    @Override
    public final Submission submit(OpenFile opened, Work work) {
        throw new IllegalArgumentException(function.name() + " works for " + guest.name());
    }

    @Override
    public final Call<?> release(OpenFile opened) {
        return release();
    }

    final Next hold(Cpu cpu) {
        held = machine.file();
        held.get("VFIO");
        return Next.ON;
    }

    final Next map(Cpu cpu) {
        return Next.call(guest.stages().prepare(iommu()));
    }

    /** Nothing of the guest's IOMMU is forwarded any more. */
    final Next close(Cpu cpu) {
        VirtualUnit unit = guest.virtualUnit();
        return unit == null ? Next.ON : Next.call(unit.close());
    }

    final Next detach(Cpu cpu) {
        VirtualUnit unit = guest.virtualUnit();
        return unit == null ? Next.ON : Next.call(unit.detach(function));
    }

    Next letGo(Cpu cpu) {
        held.put("VFIO");
        return Next.DONE;
    }
}
