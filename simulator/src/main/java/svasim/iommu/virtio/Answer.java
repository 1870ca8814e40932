package svasim.iommu.virtio;

import java.nio.ByteBuffer;

/**
 * What the device writes into the writable part of a request's buffer.
 *
 * @param skipped bytes before it that stay as they are
 * @param data up to the end of the part; empty if the request is not understood
 */
record Answer(int skipped, byte[] data) {
    /** Status, then three reserved bytes. */
    static final int TAIL_BYTES = 4;

    static final Answer NONE = new Answer(0, new byte[0]);

    /** A status, and no more, at the end of so many bytes. */
    static Answer of(Status status, int writable) {
        byte[] tail = {(byte) status.ordinal(), 0, 0, 0};
        return new Answer(writable - TAIL_BYTES, tail);
    }

    /** Properties from the start on, zeros behind them, and success. */
    static Answer describing(ByteBuffer properties, int writable) {
        byte[] data = new byte[writable];
        properties.flip().get(data, 0, properties.limit());
        data[writable - TAIL_BYTES] = (byte) Status.OK.ordinal();
        return new Answer(0, data);
    }

    /** Used length of the buffer. */
    int bytes() {
        return skipped + data.length;
    }
}
