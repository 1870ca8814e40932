package svasim.models.dsa.operation;

import java.util.List;
import svasim.models.dsa.layout.Status;

/**
 * What an operation does to the bytes that pass through an engine. Pieces come in the order of the
 * transfer.
 */
public interface Computation {
    /**
     * Takes the next piece.
     *
     * @param first bytes of source 1, and room for what the operation makes of them
     * @param second bytes of source 2, if the operation reads one
     * @param offset of the piece from the start of the transfer
     * @return bytes that were taken; fewer than {@code length} ends the operation there
     */
    int next(byte[] first, byte[] second, long offset, int length);

    /** What the piece that was taken last writes, in the order of progress. */
    default List<Store> stores(byte[] first, long offset) {
        return List.of();
    }

    /** Whether the operation has a checksum that it goes on from. */
    default boolean hasSeed() {
        return false;
    }

    /** Goes on from a checksum that was read from memory. */
    default void seed(int value) {}

    /** Result byte of the completion record. */
    default int result() {
        return 0;
    }

    /** Status of the completion record if no access fails. */
    default Status status() {
        return Status.SUCCESS;
    }

    /** Bytes 16 to 23 of the completion record. */
    default long specific() {
        return 0;
    }

    /** Bytes 24 to 31 of the completion record. */
    default long written() {
        return 0;
    }
}
