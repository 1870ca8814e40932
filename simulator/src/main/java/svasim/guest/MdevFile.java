package svasim.guest;

import svasim.cpu.Cpu;
import svasim.device.MediatedDevice;
import svasim.os.file.DeviceMapping;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.IommuDriver;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The file by which a monitor holds a device that is composed for its guest. The real one goes on
 * working for others: what is the guest's there is known by its numbers. It holds the file of the
 * virtual machine as long.
 */
final class MdevFile implements FileOperations {
    private static final Procedure<MdevFile> OPEN =
            Procedure.<MdevFile>named("vfio_mdev_open")
                    .sleeping("hold VM", 1_000_000, MdevFile::hold)
                    .sleeping("map guest memory", 5_000_000, MdevFile::map)
                    .sleeping("compose device", 500_000, MdevFile::compose)
                    .sleeping("serve page requests", 500_000, MdevFile::serve)
                    .build();

    private static final Procedure<MdevFile> RELEASE =
            Procedure.<MdevFile>named("vfio_mdev_release")
                    .sleeping("stop vCPUs", 1_000_000, MdevFile::stop)
                    .sleeping("stop forwarding", 1_000_000, MdevFile::close)
                    .sleeping("end work of guest", 500_000, MdevFile::end)
                    .sleeping("detach what the guest has bound", 500_000, MdevFile::detach)
                    .sleeping("let VM go", 500_000, MdevFile::letGo)
                    .build();

    private final Guest guest;
    private final GuestFunction function;
    private final MediatedDevice composed;
    private final KvmFile machine;
    private final SharedFaults faults;
    private OpenFile held;

    MdevFile(Guest guest, ComposedFunction part, KvmFile machine) {
        this.guest = guest;
        this.function = part.function();
        this.composed = part.device();
        this.faults = part.faults();
        this.machine = machine;
    }

    private PciDevice device() {
        return function.physical();
    }

    @Override
    public String name() {
        return "mdev-" + guest.name() + "-" + function.name();
    }

    @Override
    public Call<?> open(OpenFile opened) {
        IommuDriver iommu = device().iommu();
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
        throw new IllegalArgumentException(function.name() + " works for " + guest.name());
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
        return Next.call(guest.stages().prepare(device().iommu()));
    }

    private Next compose(Cpu cpu) {
        return Next.call(composed.open());
    }

    private Next serve(Cpu cpu) {
        guest.virtualUnit().serve(function, faults);
        return Next.DONE;
    }

    /** Nothing new comes from the virtual cores, whose device this was. */
    private Next stop(Cpu cpu) {
        guest.stop();
        return Next.ON;
    }

    private Next close(Cpu cpu) {
        return Next.call(guest.virtualUnit().close());
    }

    private Next end(Cpu cpu) {
        return Next.call(composed.close());
    }

    private Next detach(Cpu cpu) {
        return Next.call(guest.virtualUnit().detach(function));
    }

    private Next letGo(Cpu cpu) {
        held.put("VFIO");
        return Next.DONE;
    }
}
