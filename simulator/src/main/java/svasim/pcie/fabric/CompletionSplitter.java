package svasim.pcie.fabric;

import svasim.pcie.fabric.RootComplexConfig.CompletionPolicy;

/** Where the answer to a read is cut (PCI Express Base 5.0, 2.3.1.1). */
final class CompletionSplitter {
    private final int boundary;
    private final boolean cutAtEach;

    /**
     * @param boundary Read Completion Boundary, 64 or 128 bytes
     */
    CompletionSplitter(int boundary, CompletionPolicy policy) {
        this.boundary = boundary;
        this.cutAtEach = policy == CompletionPolicy.EACH_BOUNDARY;
    }

    /**
     * Bytes of the next piece.
     *
     * @param address of the first byte still owed
     * @param owed bytes still owed, at least 1
     * @param maxPayload in bytes, a multiple of the boundary
     */
    int piece(long address, int owed, int maxPayload) {
        int into = (int) address & boundary - 1;
        int largest = cutAtEach ? boundary - into : maxPayload - into;
        return Math.min(owed, largest);
    }
}
