package svasim.models.dsa.operation;

/**
 * Something that a piece of a transfer writes.
 *
 * @param address of the first byte
 * @param bytes at most one block with its tuple; may cross a page
 * @param progress bytes of the piece that are done when everything before this store is
 */
public record Store(long address, byte[] bytes, int progress) {}
