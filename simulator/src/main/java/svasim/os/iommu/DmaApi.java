package svasim.os.iommu;

import svasim.os.procedure.Call;

/** Memory that the kernel shares with a device, at addresses of the device's own space. */
public interface DmaApi {
    /**
     * Allocates memory and maps it for the device.
     *
     * @return the procedure that does it; the buffer knows its address afterwards
     */
    Call<?> map(DmaBuffer buffer);

    /** Unmaps the buffer; when the procedure is over, no device can reach it and it is free. */
    Call<?> unmap(DmaBuffer buffer);
}
