package svasim.models.dsa.device;

import svasim.models.dsa.operation.Computation;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A part of a transfer on its way through an engine: read, computed, written. Within one page in
 * each operand.
 */
final class Piece implements DmaClient {
    /** Token of an access that reads a source. */
    static final long READ = 0;

    /** Token of an access that writes a destination. */
    static final long WRITE = 1;

    private final Transfer transfer;
    private final long offset;
    private final int length;
    private final byte[] first;
    private final byte[] second;
    private int pending;
    private Fault fault;
    private int taken;
    private int result;
    private long specific;
    private boolean computed;
    private int lines;

    /**
     * An access that failed.
     *
     * @param write whether it was a write
     */
    record Fault(DmaStatus status, long address, boolean write) {}

    Piece(Transfer transfer, long offset, int length, boolean twoSources) {
        this.transfer = transfer;
        this.offset = offset;
        this.length = length;
        this.first = new byte[length];
        this.second = twoSources ? new byte[length] : null;
    }

    /** From the start of the transfer. */
    long offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Bytes of a source; source 0 is also what destinations receive. */
    byte[] buffer(int source) {
        return source == 0 ? first : second;
    }

    /** Notes an access that is about to be made. */
    void expect() {
        pending++;
    }

    boolean isQuiet() {
        return pending == 0;
    }

    Fault fault() {
        return fault;
    }

    boolean isComputed() {
        return computed;
    }

    /** All accesses are over, and nothing else is to be done with the piece. */
    boolean isOver() {
        return pending == 0 && (computed || fault != null);
    }

    /** Read buffers that the piece holds. */
    int lines() {
        return lines;
    }

    void lines(int held) {
        lines = held;
    }

    void compute(Computation computation) {
        taken = computation.next(first, second, offset, length);
        result = computation.result();
        specific = computation.specific();
        computed = true;
    }

    /** Bytes that the computation took. */
    int taken() {
        return taken;
    }

    /** Result byte as it is after this piece. */
    int result() {
        return result;
    }

    /** CRC as it is after this piece. */
    long specific() {
        return specific;
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        pending--;
        if (status != DmaStatus.OK && fault == null) {
            fault = new Fault(status, faultAddress, token == WRITE);
        }
        transfer.accessDone(nowPs, this);
    }
}
