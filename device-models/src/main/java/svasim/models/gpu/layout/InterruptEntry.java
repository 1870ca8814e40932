package svasim.models.gpu.layout;

import svasim.device.Words;

/**
 * An entry of the interrupt ring, 32 bytes.
 *
 * @param source {@link #END_OF_PIPE}, {@link #RETRY_FAULT} or {@link #ACCESS_COUNTER}
 * @param pasid of the process that it concerns
 * @param queue number of the queue
 * @param address of the page that is missing
 * @param write whether the access was a write
 */
public record InterruptEntry(int source, int pasid, int queue, long address, boolean write) {
    public static final int BYTES = 32;

    /** A dispatch has ended. */
    public static final int END_OF_PIPE = 1;

    /** A wavefront retries at a missing page. */
    public static final int RETRY_FAULT = 2;

    /** A process uses memory of the system so often that it should be near. */
    public static final int ACCESS_COUNTER = 3;

    private static final int PASID = 4;
    private static final int QUEUE = 8;
    private static final int FLAGS = 12;
    private static final int ADDRESS = 16;

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, 0, Integer.BYTES, source);
        Words.put(bytes, PASID, Integer.BYTES, pasid);
        Words.put(bytes, QUEUE, Integer.BYTES, queue);
        Words.put(bytes, FLAGS, Integer.BYTES, write ? 1 : 0);
        Words.put(bytes, ADDRESS, Long.BYTES, address);
        return bytes;
    }

    public static InterruptEntry of(byte[] bytes) {
        return new InterruptEntry(
                Words.u32(bytes, 0),
                Words.u32(bytes, PASID),
                Words.u32(bytes, QUEUE),
                Words.u64(bytes, ADDRESS),
                Words.u32(bytes, FLAGS) != 0);
    }
}
