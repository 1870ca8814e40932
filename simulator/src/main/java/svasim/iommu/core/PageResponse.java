package svasim.iommu.core;

/** How the operating system answers a page request group; codes of the wire (PCIe 10.4.2). */
public enum PageResponse {
    SUCCESS(0, 0),
    INVALID_REQUEST(1, 1),
    FAILURE(0xF, 2);

    private final int code;
    private final int kernelCode;

    PageResponse(int code, int kernelCode) {
        this.code = code;
        this.kernelCode = kernelCode;
    }

    /** As Linux numbers it for itself (enum iommu_page_response_code). */
    public int kernelCode() {
        return kernelCode;
    }

    public int code() {
        return code;
    }
}
