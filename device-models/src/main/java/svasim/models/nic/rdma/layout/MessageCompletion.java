package svasim.models.nic.rdma.layout;

/**
 * Entry of a ring of completions, 8 bytes.
 *
 * @param index of the work request in its ring
 * @param phase changes with each round of the ring; 1 in the first
 */
public record MessageCompletion(int index, Status status, boolean phase) {
    public static final int BYTES = 8;

    private static final int STATUS_SHIFT = 32;
    private static final int PHASE_SHIFT = 63;
    private static final int STATUS_MASK = 7;

    /** How a message ended. */
    public enum Status {
        SUCCESS,
        /** Memory that was to be read is not there, or not of this region. */
        LOCAL_ERROR,
        /** Memory that was to be written is not there, or not of this region. */
        REMOTE_ERROR,
        /** Another message has failed, or the queue was stopped. */
        FLUSHED,
        /** The memory could not be reached. */
        DMA_ERROR
    }

    public long toWord() {
        long top = phase ? 1L << PHASE_SHIFT : 0;
        return top | (long) status.ordinal() << STATUS_SHIFT | index;
    }

    public static MessageCompletion of(long word) {
        return new MessageCompletion(
                (int) word,
                Status.values()[(int) (word >>> STATUS_SHIFT) & STATUS_MASK],
                word >>> PHASE_SHIFT != 0);
    }
}
