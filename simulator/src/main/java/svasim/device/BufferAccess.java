package svasim.device;

import java.util.function.Consumer;
import svasim.pcie.endpoint.Dma;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.pcie.tlp.PasidPrefix;

/**
 * Reads and writes buffers of a device as a whole, across pages, for one engine of it. What was
 * begun before {@link #forget} is told to nobody.
 */
public final class BufferAccess {
    private final Dma dma;
    private final int stream;
    private int outstanding;
    private int lives;

    /**
     * @param stream number of the engine, as in {@link DmaRequest}
     */
    public BufferAccess(Dma dma, int stream) {
        this.dma = dma;
        this.stream = stream;
    }

    /**
     * Reads memory into a buffer, at least one byte; missing pages are asked for.
     *
     * @param pasid {@link PasidPrefix#NONE} without
     * @param then told of the first access that has failed, or of success
     */
    public void read(int pasid, long address, byte[] into, Consumer<DmaStatus> then) {
        transfer(pasid, address, into, into.length, dma::read, then);
    }

    /** Writes a buffer to memory, else as {@link #read}. */
    public void write(int pasid, long address, byte[] from, Consumer<DmaStatus> then) {
        transfer(pasid, address, from, from.length, dma::write, then);
    }

    /** Writes the first bytes of a buffer to memory, else as {@link #read}. */
    public void write(int pasid, long address, byte[] from, int bytes, Consumer<DmaStatus> then) {
        transfer(pasid, address, from, bytes, dma::write, then);
    }

    /** Buffers on their way. */
    public int outstanding() {
        return outstanding;
    }

    /** The device was reset: whatever comes back is too late. */
    public void forget() {
        lives++;
        outstanding = 0;
    }

    private void transfer(
            int pasid,
            long address,
            byte[] buffer,
            int length,
            Access access,
            Consumer<DmaStatus> then) {
        PasidPrefix prefix = pasid == PasidPrefix.NONE ? null : new PasidPrefix(pasid);
        Whole whole = new Whole(length, then);
        outstanding++;
        for (int from = 0; from < length; ) {
            int bytes = DmaRequest.bytesInPage(address + from, length - from);
            DmaRequest part =
                    new DmaRequest(
                            prefix, address + from, buffer, from, bytes, OnFault.BLOCK, stream);
            access.start(part, whole, bytes);
            from += bytes;
        }
    }

    /** Reads or writes. */
    @FunctionalInterface
    private interface Access {
        void start(DmaRequest request, DmaClient client, long bytes);
    }

    /** The accesses to one buffer; their token is their length. */
    private final class Whole implements DmaClient {
        private final Consumer<DmaStatus> then;
        private final int begunIn = lives;
        private long missing;
        private DmaStatus outcome = DmaStatus.OK;

        Whole(long bytes, Consumer<DmaStatus> then) {
            this.missing = bytes;
            this.then = then;
        }

        @Override
        public void done(long nowPs, long bytes, DmaStatus status, long faultAddress) {
            missing -= bytes;
            outcome = outcome == DmaStatus.OK ? status : outcome;
            if (missing == 0 && lives == begunIn) {
                outstanding--;
                then.accept(outcome);
            }
        }
    }
}
