package svasim.models.dsa.layout;

import java.util.Arrays;
import svasim.device.Words;

/**
 * The 64 bytes of an entry of the event log: what has failed of which descriptor, and the
 * completion record that could not be written ({@code struct dsa_evl_entry}).
 *
 * @param error why there is an entry
 * @param write whether the access that failed was a write
 * @param queue number of the work queue
 * @param operation opcode of the descriptor
 * @param batch place in a batch, or null outside of one
 * @param info the flags that were invalid, or what the descriptor wants after its record: see
 *     {@link #RECORD_WANTED} and its neighbours
 * @param faultAddress address that failed; of a batch or drain, of the completion record
 * @param record what was to be written
 */
public record EventLogEntry(
        Status error,
        boolean write,
        int queue,
        int operation,
        int pasid,
        boolean privileged,
        BatchPlace batch,
        int info,
        long faultAddress,
        CompletionRecord record) {
    public static final int BYTES = 64;

    /** In {@link #info}: the descriptor has asked for an interrupt, by the handle in bits 15:0. */
    public static final int INTERRUPT_WANTED = 1 << 16;

    /** In {@link #info}: the descriptor has asked for a record in any case. */
    public static final int RECORD_WANTED = 1 << 18;

    /** In {@link #info}: nothing of the batch has failed before. */
    public static final int FIRST_IN_BATCH = 1 << 19;

    /** All bits of the number; what stands there for a queue that has none. */
    public static final int NO_PASID = 0xf_ffff;

    private static final int DESCRIPTOR_VALID = 1 << 2;
    private static final int QUEUE_VALID = 1 << 3;
    private static final int IN_BATCH = 1 << 4;
    private static final int WRITE = 1 << 5;
    private static final int PRIVILEGED = 1 << 6;
    private static final int INFO_VALID = 1 << 7;

    /**
     * Where in which batch a descriptor stands.
     *
     * @param id number of the batch, modulo 256; of a batch itself, its own
     * @param index of the descriptor in the list
     */
    public record BatchPlace(int id, int index) {}

    public byte[] toBytes() {
        int valid =
                DESCRIPTOR_VALID
                        | QUEUE_VALID
                        | (info == 0 ? 0 : INFO_VALID)
                        | (batch == null ? 0 : IN_BATCH)
                        | (write ? WRITE : 0)
                        | (privileged ? PRIVILEGED : 0);
        byte[] bytes = new byte[BYTES];
        bytes[0] = (byte) valid;
        bytes[1] = (byte) error.code();
        bytes[2] = (byte) queue;
        bytes[3] = (byte) (batch == null ? 0 : batch.id());
        bytes[4] = (byte) operation;
        Words.put(bytes, 5, 3, pasid & NO_PASID);
        Words.put(bytes, 8, 2, batch == null ? 0 : batch.index());
        Words.put(bytes, 12, 4, info);
        Words.put(bytes, 16, 8, faultAddress);
        System.arraycopy(record.toBytes(), 0, bytes, BYTES / 2, CompletionRecord.BYTES);
        return bytes;
    }

    public static EventLogEntry fromBytes(byte[] bytes) {
        boolean inBatch = (bytes[0] & IN_BATCH) != 0;
        return new EventLogEntry(
                Status.of(bytes[1]),
                (bytes[0] & WRITE) != 0,
                bytes[2] & 0xff,
                bytes[4] & 0xff,
                (int) (Words.u64(bytes, 0) >>> 40) & NO_PASID,
                (bytes[0] & PRIVILEGED) != 0,
                inBatch ? new BatchPlace(bytes[3] & 0xff, Words.u16(bytes, 8)) : null,
                Words.u32(bytes, 12),
                Words.u64(bytes, 16),
                CompletionRecord.fromBytes(Arrays.copyOfRange(bytes, BYTES / 2, BYTES)));
    }
}
