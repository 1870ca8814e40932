package svasim.guest;

import svasim.cpu.Cpu;
import svasim.device.MediatedDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * The file by which a monitor holds a device that is composed for its guest. The real one goes on
 * working for others: what is the guest's there is known by its numbers. It holds the file of the
 * virtual machine as long.
 */
final class MdevFile extends GuestDeviceFile {
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

    private final MediatedDevice composed;
    private final SharedFaults faults;

    MdevFile(Guest guest, ComposedFunction part, KvmFile machine) {
        super(guest, part.function(), machine);
        this.composed = part.device();
        this.faults = part.faults();
    }

    @Override
    public String name() {
        return "mdev-" + guest().name() + "-" + function().name();
    }

    @Override
    Call<?> open() {
        return new Call<>(OPEN, this);
    }

    @Override
    Call<?> release() {
        return new Call<>(RELEASE, this);
    }

    private Next compose(Cpu cpu) {
        return Next.call(composed.open());
    }

    private Next serve(Cpu cpu) {
        guest().virtualUnit().serve(function(), faults);
        return Next.DONE;
    }

    /** Nothing new comes from the virtual cores, whose device this was. */
    private Next stop(Cpu cpu) {
        guest().stop();
        return Next.ON;
    }

    private Next end(Cpu cpu) {
        return Next.call(composed.close());
    }
}
