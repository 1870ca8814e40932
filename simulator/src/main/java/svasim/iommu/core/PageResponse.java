package svasim.iommu.core;

/** How the operating system answers a page request group; codes of the wire (PCIe 10.4.2). */
public enum PageResponse {
    SUCCESS(0),
    INVALID_REQUEST(1),
    FAILURE(0xF);

    private final int code;

    PageResponse(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
