package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * iommu_release_device: a device is taken away whose driver has unbound everything. It is blocked
 * first, so that nothing of it is under way when its tables are freed.
 */
public final class ReleaseDevice {
    private static final Procedure<ReleaseDevice> RELEASE =
            Procedure.<ReleaseDevice>named("iommu_release_device")
                    .sleeping("attach blocked domain", 50_000, ReleaseDevice::block)
                    .sleeping("release_device", 50_000, ReleaseDevice::release)
                    .sleeping("leave group", 50_000, ReleaseDevice::leave)
                    .build();

    private final PciDevice device;

    private ReleaseDevice(PciDevice device) {
        this.device = device;
    }

    /**
     * Takes a device away that has an IOMMU above it.
     *
     * @throws IllegalStateException if it is still bound to an address space
     */
    public static Call<?> call(PciDevice device) {
        return new Call<>(RELEASE, new ReleaseDevice(device));
    }

    private Next block(Cpu cpu) {
        if (device.isBound()) {
            throw new IllegalStateException(device + " is released while it is bound");
        }
        return Next.call(device.iommu().attach(device, DomainType.BLOCKED));
    }

    private Next release(Cpu cpu) {
        return Next.call(device.iommu().releaseDevice(device));
    }

    private Next leave(Cpu cpu) {
        device.group().remove(device);
        return Next.DONE;
    }
}
