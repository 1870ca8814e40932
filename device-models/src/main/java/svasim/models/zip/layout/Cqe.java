package svasim.models.zip.layout;

import svasim.device.Words;

/**
 * Entry of a completion queue, 16 bytes. The phase bit changes with each round of the queue, so
 * that software sees which entries are new.
 *
 * @param index of the submission queue entry that has ended
 */
public record Cqe(int index, int queue, boolean phase) {
    public static final int BYTES = 16;

    private static final int INDEX = 8;
    private static final int QUEUE = 10;
    private static final int PHASE = 14;

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        Words.put(bytes, INDEX, Short.BYTES, index);
        Words.put(bytes, QUEUE, Short.BYTES, queue);
        Words.put(bytes, PHASE, Short.BYTES, phase ? 1 : 0);
        return bytes;
    }

    public static Cqe of(byte[] bytes) {
        return new Cqe(
                Words.u16(bytes, INDEX),
                Words.u16(bytes, QUEUE),
                (Words.u16(bytes, PHASE) & 1) != 0);
    }
}
