package svasim.models.dsa.operation;

/**
 * What an operation does to the bytes that pass through an engine. Pieces come in the order of the
 * transfer; destinations receive what {@link #next} leaves in the first buffer.
 */
public interface Computation {
    /**
     * Takes the next piece.
     *
     * @param first bytes of source 1; on return the bytes for the destinations
     * @param second bytes of source 2, if the operation reads one
     * @param offset of the piece from the start of the transfer
     * @return bytes that were taken; fewer than {@code length} ends the operation there
     */
    int next(byte[] first, byte[] second, long offset, int length);

    /** Result byte of the completion record. */
    default int result() {
        return 0;
    }

    /** Whether the outcome is the one that the descriptor expects. */
    default boolean asExpected() {
        return true;
    }

    /** Bytes 16 to 23 of the completion record. */
    default long specific() {
        return 0;
    }
}
