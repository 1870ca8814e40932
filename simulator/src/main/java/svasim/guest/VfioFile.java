package svasim.guest;

import svasim.cpu.Cpu;
import svasim.cpu.InterruptRoutes;
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
final class VfioFile extends GuestDeviceFile {
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

    private final InterruptRoutes routes;

    VfioFile(Guest guest, GuestFunction function, KvmFile machine, InterruptRoutes routes) {
        super(guest, function, machine);
        this.routes = routes;
    }

    @Override
    public String name() {
        return "vfio-" + device().name();
    }

    @Override
    Call<?> open() {
        return new Call<>(OPEN, this);
    }

    @Override
    Call<?> release() {
        return new Call<>(RELEASE, this);
    }

    private Next assign(Cpu cpu) {
        return Next.call(iommu().assign(device(), guest().stages().of(iommu())));
    }

    private Next route(Cpu cpu) {
        routes.route(device().requesterId(), guest()::interrupt);
        VirtualUnit unit = guest().virtualUnit();
        if (unit != null) {
            unit.serve(function());
        }
        tell(Kind.DEVICE_ASSIGNED);
        return Next.DONE;
    }

    private Next routeNothing(Cpu cpu) {
        routes.route(device().requesterId(), null);
        return Next.ON;
    }

    private Next reset(Cpu cpu) {
        return Next.call(ResetDevice.call(device(), guest().host().os().platform()));
    }

    private Next unassign(Cpu cpu) {
        return Next.call(iommu().unassign(device()));
    }

    private void tell(Kind kind) {
        Trace trace = guest().host().trace();
        trace.tell(
                kind,
                trace.lane("vfio"),
                device().requesterId(),
                guest().memory().owner(),
                0,
                guest().name() + "." + function().name());
    }

    @Override
    Next letGo(Cpu cpu) {
        tell(Kind.DEVICE_UNASSIGNED);
        return super.letGo(cpu);
    }
}
