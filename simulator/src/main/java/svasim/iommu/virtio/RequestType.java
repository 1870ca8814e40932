package svasim.iommu.virtio;

/** Types of requests, with the size of their device-readable part (reference virtio-iommu.md 3). */
public enum RequestType {
    ATTACH(20),
    DETACH(20),
    MAP(36),
    UNMAP(28),
    PROBE(72);

    private static final int FIRST = 1;

    private final int bytes;

    RequestType(int bytes) {
        this.bytes = bytes;
    }

    public int code() {
        return ordinal() + FIRST;
    }

    /** The type with this code, or null. */
    static RequestType of(int code) {
        int index = code - FIRST;
        return index >= 0 && index < values().length ? values()[index] : null;
    }

    public int bytes() {
        return bytes;
    }
}
