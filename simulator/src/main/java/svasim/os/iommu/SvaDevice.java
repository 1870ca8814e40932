package svasim.os.iommu;

import svasim.cpu.Cpu;
import svasim.os.defect.Defect;
import svasim.os.defect.Defects;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;

/**
 * Switches of a device whose driver says itself when it wants address spaces of processes (life of
 * a PASID, 2.7). Until then it has ATS alone, for the speed of the DMA API. PASID must not change
 * while ATS is on, so that ATS goes first and comes back.
 */
public final class SvaDevice {
    private static final Procedure<SvaDevice> INIT =
            Procedure.<SvaDevice>named("iommu_sva_device_init")
                    .sleeping("disable ATS", 400_000, SvaDevice::disableAts)
                    .sleeping("enable PASID", 800_000, SvaDevice::enablePasid)
                    .sleeping("enable ATS", 800_000, SvaDevice::enableAts)
                    .sleeping("enable PRI", 1_600_000, SvaDevice::enablePri)
                    .build();

    private static final Procedure<SvaDevice> SHUTDOWN =
            Procedure.<SvaDevice>named("iommu_sva_device_shutdown")
                    .sleeping("disable PRI", 400_000, SvaDevice::disablePri)
                    .sleeping("disable ATS", 400_000, SvaDevice::disableAts)
                    .sleeping("disable PASID", 400_000, SvaDevice::disablePasid)
                    .sleeping("enable ATS", 800_000, SvaDevice::enableAts)
                    .sleeping("update device entry", 50_000, SvaDevice::tellUnit)
                    .build();

    private final PciDevice device;
    private final PciFeatures features;
    private final Defects defects;
    private boolean hadAts;

    private SvaDevice(PciDevice device, Defects defects) {
        this.device = device;
        this.features = device.features();
        this.defects = defects;
    }

    /** Makes everything ready for a bind that its unit and the way to it allow. */
    public static Call<?> init(PciDevice device, Defects defects) {
        return new Call<>(INIT, new SvaDevice(device, defects));
    }

    /** Leaves the device with ATS alone; nothing is bound to it any more. */
    public static Call<?> shutdown(PciDevice device, Defects defects) {
        return new Call<>(SHUTDOWN, new SvaDevice(device, defects));
    }

    private Next disableAts(Cpu cpu) {
        hadAts = features.atsEnabled();
        if (!defects.has(Defect.S65)) {
            features.disableAts();
        }
        return Next.ON;
    }

    private Next enablePasid(Cpu cpu) {
        features.enableDeferredPasid();
        return Next.ON;
    }

    private Next enableAts(Cpu cpu) {
        if (hadAts && !features.atsEnabled()) {
            features.enableAts();
        }
        return Next.ON;
    }

    private Next enablePri(Cpu cpu) {
        features.enableDeferredPri();
        return Next.call(device.iommu().featuresChanged(device));
    }

    private Next tellUnit(Cpu cpu) {
        return Next.call(device.iommu().featuresChanged(device));
    }

    private Next disablePri(Cpu cpu) {
        features.disablePri();
        return Next.ON;
    }

    private Next disablePasid(Cpu cpu) {
        features.disablePasid();
        return Next.ON;
    }
}
