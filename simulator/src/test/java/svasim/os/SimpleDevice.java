package svasim.os;

import svasim.cpu.Cpu;
import svasim.os.file.DeviceMapping;
import svasim.os.file.FileOperations;
import svasim.os.file.OpenFile;
import svasim.os.file.Submission;
import svasim.os.file.Work;
import svasim.os.iommu.PciDevice;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.sva.BindRequest;
import svasim.os.sva.Bond;
import svasim.os.sva.Sva;

/** A driver that binds at open and stops and unbinds at release, as idxd does. */
public final class SimpleDevice implements FileOperations {
    private static final long PORTAL = 0xE000_0000L;

    private static final Procedure<Opening> OPEN =
            Procedure.<Opening>named("simple_open")
                    .sleeping("bind", 100_000, Opening::bind)
                    .sleeping("keep", 100_000, Opening::keep)
                    .build();

    private static final Procedure<Release> RELEASE =
            Procedure.<Release>named("simple_release")
                    .sleeping("stop", 5_000_000, Release::stop)
                    .sleeping("unbind", 100_000, Release::unbind)
                    .build();

    private static final Procedure<SimpleDevice> SILENCE =
            Procedure.<SimpleDevice>named("simple_exit")
                    .sleeping("stop", 0, (device, cpu) -> Next.sleep(device.stopPs))
                    .build();

    private static final Procedure<Boolean> ASK =
            Procedure.<Boolean>named("simple_exit")
                    .step("ask to stop", 100_000, (maySleep, cpu) -> Next.DONE)
                    .build();

    private static final Procedure<DeviceMapping> MAP =
            Procedure.<DeviceMapping>named("simple_mmap")
                    .sleeping("portal", 100_000, SimpleDevice::portal)
                    .build();

    private final PciDevice device;
    private final SimpleIommu iommu;
    private final Sva sva;
    private long stopPs = 1;

    /**
     * @param iommu null if the device is under another one
     */
    public SimpleDevice(PciDevice device, SimpleIommu iommu, Sva sva) {
        this.device = device;
        this.iommu = iommu;
        this.sva = sva;
    }

    public PciDevice device() {
        return device;
    }

    public SimpleIommu iommu() {
        return iommu;
    }

    /** How long the device takes to stop when the driver is told of the end of an mm. */
    public void stopTakes(long ps) {
        stopPs = ps;
    }

    private Call<?> addressSpaceEnds(boolean maySleep) {
        return maySleep ? new Call<>(SILENCE, this) : new Call<>(ASK, maySleep);
    }

    @Override
    public String name() {
        return device.name();
    }

    private record Opening(Sva sva, OpenFile file, BindRequest request) {
        Next bind(Cpu cpu) {
            return Next.call(sva.bind(request));
        }

        Next keep(Cpu cpu) {
            if (request.bond() == null) {
                file.refuse(request.refusal());
            } else {
                file.keep(request.bond());
            }
            return Next.DONE;
        }
    }

    private record Release(Sva sva, Bond bond) {
        Next stop(Cpu cpu) {
            sva.deviceStopped(bond);
            return Next.ON;
        }

        Next unbind(Cpu cpu) {
            return Next.call(sva.unbind(bond));
        }
    }

    private static Next portal(DeviceMapping mapping, Cpu cpu) {
        mapping.at(PORTAL);
        return Next.DONE;
    }

    @Override
    public Call<?> open(OpenFile file) {
        BindRequest request =
                new BindRequest(device, file.openedBy(), file.node())
                        .onExit((bond, maySleep) -> addressSpaceEnds(maySleep));
        return new Call<>(OPEN, new Opening(sva, file, request));
    }

    @Override
    public Call<?> mmap(OpenFile file, DeviceMapping mapping) {
        return new Call<>(MAP, mapping);
    }

    @Override
    public Submission submit(OpenFile file, Work work) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Call<?> release(OpenFile file) {
        return new Call<>(RELEASE, new Release(sva, file.context(Bond.class)));
    }
}
