package svasim.models.dsa.layout;

import svasim.device.Words;

/**
 * The 32 bytes of a completion record ({@code struct dsa_completion_record}). Software clears the
 * status byte and polls it; the record is complete when it is not zero.
 *
 * @param writeFault bit 7 of the status byte
 * @param result of compare; 1 for a move that went backwards
 * @param bytesCompleted how far the operation came
 * @param specific bytes 16 to 23: CRC value, size of the delta record, tags that were read, or the
 *     flags that were invalid
 * @param written bytes 24 to 31: tags that were written
 */
public record CompletionRecord(
        Status status,
        boolean writeFault,
        int result,
        long bytesCompleted,
        long faultAddress,
        long specific,
        long written) {
    public static final int BYTES = 32;

    /** Nothing but a status. */
    public static CompletionRecord of(Status status) {
        return new CompletionRecord(status, false, 0, 0, 0, 0, 0);
    }

    /**
     * An access failed.
     *
     * @param completed how far the operation came
     */
    public static CompletionRecord fault(
            Status status, boolean write, long completed, long address) {
        return new CompletionRecord(status, write, 0, completed, address, 0, 0);
    }

    /** The same with another status. */
    public CompletionRecord with(Status other) {
        return new CompletionRecord(
                other, writeFault, result, bytesCompleted, faultAddress, specific, written);
    }

    public static CompletionRecord invalidFlags(int flags) {
        return new CompletionRecord(Status.INVALID_FLAGS, false, 0, 0, 0, flags, 0);
    }

    public byte[] toBytes() {
        byte[] bytes = new byte[BYTES];
        bytes[0] = (byte) (status.code() | (writeFault ? Status.WRITE_FAULT : 0));
        bytes[1] = (byte) result;
        Words.put(bytes, 4, 4, bytesCompleted);
        Words.put(bytes, 8, 8, faultAddress);
        Words.put(bytes, 16, 8, specific);
        Words.put(bytes, 24, 8, written);
        return bytes;
    }

    public static CompletionRecord fromBytes(byte[] bytes) {
        return new CompletionRecord(
                Status.of(bytes[0]),
                (bytes[0] & Status.WRITE_FAULT) != 0,
                bytes[1] & 0xff,
                Words.u32(bytes, 4) & 0xffff_ffffL,
                Words.u64(bytes, 8),
                Words.u64(bytes, 16),
                Words.u64(bytes, 24));
    }
}
