package svasim.os.iommu.virtio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A request as the driver writes it (virtio-iommu reference, 3).
 *
 * @param name for readers
 * @param readable what the device reads
 * @param answer bytes that it writes before the tail
 */
record Message(String name, byte[] readable, int answer) {
    static final int LONGEST = 72;
    static final int TAIL = 4;

    private static final int BYPASS = 1;
    private static final int READ_WRITE = 3;

    static Message attach(int domain, int endpoint, boolean bypass) {
        return plain(
                "ATTACH", begin(1, 20).putInt(domain).putInt(endpoint).putInt(bypass ? BYPASS : 0));
    }

    static Message detach(int domain, int endpoint) {
        return plain("DETACH", begin(2, 20).putInt(domain).putInt(endpoint));
    }

    static Message map(int domain, Mapping mapping) {
        return plain(
                "MAP",
                begin(3, 36)
                        .putInt(domain)
                        .putLong(mapping.iova())
                        .putLong(mapping.iova() + mapping.bytes() - 1)
                        .putLong(mapping.physical())
                        .putInt(READ_WRITE));
    }

    static Message unmap(int domain, long iova, long bytes) {
        return plain("UNMAP", begin(4, 28).putInt(domain).putLong(iova).putLong(iova + bytes - 1));
    }

    static Message probe(int endpoint, int propertyBytes) {
        return new Message("PROBE", begin(5, LONGEST).putInt(endpoint).array(), propertyBytes);
    }

    private static Message plain(String name, ByteBuffer bytes) {
        return new Message(name, bytes.array(), 0);
    }

    private static ByteBuffer begin(int type, int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(type);
    }

    /** Pages that follow each other at both sides. */
    record Mapping(long iova, long physical, long bytes) {}
}
