package svasim.device;

import svasim.os.file.FileOperations;
import svasim.os.iommu.ErrorHandlers;
import svasim.os.iommu.FeatureSubset;
import svasim.os.procedure.Call;

/**
 * The kernel's driver of one device, and the library that programs use with it. It knows the device
 * by the addresses of its registers only. The units of work that it gets are of the provider's
 * {@code workType()}.
 */
public interface DeviceDriver extends FileOperations {
    /** Brings the device up; run once, before any program. */
    Call<?> probe();

    /** What the device is used with of shared virtual addressing. */
    default FeatureSubset subset() {
        return FeatureSubset.FULL_SVA;
    }

    /** What it does around a reset of the device. */
    default ErrorHandlers errorHandlers() {
        return ErrorHandlers.NONE;
    }

    /** Takes the device down, after its last file was released. */
    Call<?> remove();
}
