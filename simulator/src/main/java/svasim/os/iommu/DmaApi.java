package svasim.os.iommu;

import svasim.os.procedure.Call;

/** Memory that the kernel shares with a device, at addresses of the device's own space. */
public interface DmaApi {
    /**
     * Allocates memory and maps it for the device.
     *
     * @return the procedure that does it; afterwards the buffer knows its address, or is not mapped
     *     because memory or addresses are short
     */
    Call<?> map(DmaBuffer buffer);

    /**
     * Reserves device addresses for a buffer whose pages come when the device asks for them, by
     * page requests without PASID.
     */
    Call<?> mapOnDemand(DmaBuffer buffer);

    /** Unmaps the buffer; when the procedure is over, no device can reach it and it is free. */
    Call<?> unmap(DmaBuffer buffer);
}
