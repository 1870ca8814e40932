package svasim.os.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import svasim.iommu.virtio.RequestType;

/**
 * A request as the driver writes it (virtio-iommu reference, 3).
 *
 * @param name for readers
 * @param readable what the device reads
 * @param answer bytes that it writes before the tail
 */
record Message(String name, byte[] readable, int answer) {
    static final int LONGEST = RequestType.PROBE.bytes();
    static final int TAIL = 4;

    private static final int BYPASS = 1;
    private static final int READ_WRITE = 3;

    static Message attach(int domain, int endpoint, boolean bypass) {
        return plain(
                RequestType.ATTACH,
                begin(RequestType.ATTACH)
                        .putInt(domain)
                        .putInt(endpoint)
                        .putInt(bypass ? BYPASS : 0));
    }

    static Message detach(int domain, int endpoint) {
        return plain(RequestType.DETACH, begin(RequestType.DETACH).putInt(domain).putInt(endpoint));
    }

    static Message map(int domain, Mapping mapping) {
        return plain(
                RequestType.MAP,
                begin(RequestType.MAP)
                        .putInt(domain)
                        .putLong(mapping.iova())
                        .putLong(mapping.iova() + mapping.bytes() - 1)
                        .putLong(mapping.physical())
                        .putInt(READ_WRITE));
    }

    static Message unmap(int domain, long iova, long bytes) {
        return plain(
                RequestType.UNMAP,
                begin(RequestType.UNMAP).putInt(domain).putLong(iova).putLong(iova + bytes - 1));
    }

    static Message probe(int endpoint, int propertyBytes) {
        return new Message(
                RequestType.PROBE.name(),
                begin(RequestType.PROBE).putInt(endpoint).array(),
                propertyBytes);
    }

    private static Message plain(RequestType type, ByteBuffer bytes) {
        return new Message(type.name(), bytes.array(), 0);
    }

    private static ByteBuffer begin(RequestType type) {
        return ByteBuffer.allocate(type.bytes()).order(ByteOrder.LITTLE_ENDIAN).putInt(type.code());
    }

    /** Pages that follow each other at both sides. */
    record Mapping(long iova, long physical, long bytes) {}
}
