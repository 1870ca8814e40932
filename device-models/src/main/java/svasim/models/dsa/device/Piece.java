package svasim.models.dsa.device;

import java.util.List;
import svasim.models.dsa.operation.Computation;
import svasim.models.dsa.operation.Operands;
import svasim.models.dsa.operation.Store;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/** A part of a transfer on its way through an engine: read, computed, written. */
final class Piece implements DmaClient {
    /** Token of an access that reads a source. */
    static final long READ = 0;

    /** Token of an access that writes; the next bits tell what is done before it. */
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
    private long written;
    private List<Store> stores = List.of();
    private boolean computed;
    private int lines;

    /**
     * An access that failed.
     *
     * @param write whether it was a write
     * @param progress bytes of the piece that are done nevertheless
     */
    record Fault(DmaStatus status, long address, boolean write, int progress) {}

    /** Token of a write. */
    static long write(int progress) {
        return (long) progress << 1 | WRITE;
    }

    Piece(Transfer transfer, long offset, int length, Operands operands) {
        this.transfer = transfer;
        this.offset = offset;
        this.length = length;
        this.first = new byte[operands.steps() ? 0 : length];
        this.second = operands.sources().length > 1 ? new byte[length] : null;
    }

    /** From the start of the transfer. */
    long offset() {
        return offset;
    }

    int length() {
        return length;
    }

    /** Bytes of a source. */
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
        written = computation.written();
        stores = computation.stores(first, offset);
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

    /** Bytes 16 to 23 of the record as they are after this piece. */
    long specific() {
        return specific;
    }

    /** Bytes 24 to 31 of the record as they are after this piece. */
    long written() {
        return written;
    }

    /** What the piece writes once it is computed. */
    List<Store> stores() {
        return stores;
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        pending--;
        if (status != DmaStatus.OK) {
            boolean write = (token & WRITE) != 0;
            failed(new Fault(status, faultAddress, write, write ? (int) (token >>> 1) : 0));
        }
        transfer.accessDone(nowPs, this);
    }

    /** The failure that leaves the least done counts. */
    private void failed(Fault next) {
        if (fault == null || next.progress() < fault.progress()) {
            fault = next;
        }
    }
}
