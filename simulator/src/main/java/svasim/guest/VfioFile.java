package svasim.guest;

import svasim.cpu.Cpu;
import svasim.cpu.InterruptRoutes;
import svasim.os.file.DeviceMapping;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.iommu.ResetDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * The file by which a monitor holds a function of the machine for its guest. Its opening maps the
 * guest's memory for the function, its release resets the function and takes it back; it holds the
 * file of the virtual machine as long.
 */
final class VfioFile implements FileOperations {
    private static final Procedure<VfioFile> OPEN =
            Procedure.<VfioFile>named("vfio_device_fops_open")
                    .sleeping("hold VM", 1_000_000, VfioFile::hold)
                    .sleeping("map guest memory", 5_000_000, VfioFile::map)
                    .sleeping("attach to second stage", 2_000_000, VfioFile::assign)
                    .sleeping("route interrupts", 3_000_000, VfioFile::route)
                    .build();

    private static final Procedure<VfioFile> RELEASE =
            Procedure.<VfioFile>named("vfio_device_fops_release")
                    .sleeping("route no interrupts", 3_000_000, VfioFile::routeNothing)
                    .sleeping("stop forwarding", 1_000_000, VfioFile::close)
                    .sleeping("reset function", 1_000_000, VfioFile::reset)
                    .sleeping("detach what the guest has bound", 500_000, VfioFile::detach)
                    .sleeping("detach from second stage", 2_000_000, VfioFile::unassign)
                    .sleeping("let VM go", 500_000, VfioFile::letGo)
                    .build();

    private final Guest guest;
    private final GuestFunction function;
    private final KvmFile machine;
    private final InterruptRoutes routes;
    private final PciDevice device;
    private final IommuDriver iommu;
    private OpenFile held;

    VfioFile(Guest guest, GuestFunction function, KvmFile machine, InterruptRoutes routes) {
        this.guest = guest;
        this.function = function;
        this.machine = machine;
        this.routes = routes;
        this.device = function.physical();
        this.iommu = device.iommu();
    }

    @Override
    public String name() {
        return "vfio-" + device.name();
    }

    @Override
    public Call<?> open(OpenFile opened) {
        if (machine.file() == null) {
            opened.refuse("no virtual machine");
            return Call.nothing();
        }
        if (!iommu.servesGuests()) {
            opened.refuse(iommu.name() + " has no second stage for a guest");
            return Call.nothing();
        }
        return new Call<>(OPEN, this);
    }

    @Override
    public Call<?> mmap(OpenFile opened, DeviceMapping mapping) {
        mapping.refuse("only the guest maps the device");
        return Call.nothing();
    }

    @Override
    public Submission submit(OpenFile opened, Work work) {
        throw new IllegalArgumentException(device.name() + " works for " + guest.name());
    }

    @Override
    public Call<?> release(OpenFile opened) {
        return new Call<>(RELEASE, this);
    }

    private Next hold(Cpu cpu) {
        held = machine.file();
        held.get("VFIO");
        return Next.ON;
    }

    private Next map(Cpu cpu) {
        return Next.call(guest.stages().prepare(iommu));
    }

    private Next assign(Cpu cpu) {
        return Next.call(iommu.assign(device, guest.stages().of(iommu)));
    }

    private Next route(Cpu cpu) {
        routes.route(device.requesterId(), guest::interrupt);
        if (virtual() != null) {
            virtual().serve(function);
        }
        tell(Kind.DEVICE_ASSIGNED);
        return Next.DONE;
    }

    private Next routeNothing(Cpu cpu) {
        routes.route(device.requesterId(), null);
        return Next.ON;
    }

    private Next close(Cpu cpu) {
        return virtual() == null ? Next.ON : Next.call(virtual().close());
    }

    private VirtualUnit virtual() {
        return guest.virtualUnit();
    }

    private Next detach(Cpu cpu) {
        return virtual() == null ? Next.ON : Next.call(virtual().detach(function));
    }

    private Next reset(Cpu cpu) {
        return Next.call(ResetDevice.call(device, guest.host().os().platform()));
    }

    private Next unassign(Cpu cpu) {
        return Next.call(iommu.unassign(device));
    }

    private void tell(Kind kind) {
        Trace trace = guest.host().trace();
        trace.tell(
                kind,
                trace.lane("vfio"),
                device.requesterId(),
                guest.memory().owner(),
                0,
                guest.name() + "." + function.name());
    }

    private Next letGo(Cpu cpu) {
        tell(Kind.DEVICE_UNASSIGNED);
        held.put("VFIO");
        return Next.DONE;
    }
}
