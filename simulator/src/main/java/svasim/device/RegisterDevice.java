package svasim.device;

import java.util.Arrays;
import java.util.function.Consumer;
import svasim.pcie.endpoint.BarHandler;
import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A device to begin with: some registers of 8 bytes in BAR 0, and buffers that are read and written
 * as a whole. What was begun before a reset does not go on after it.
 */
public abstract class RegisterDevice implements DeviceModel, BarHandler {
    private final DeviceHost host;
    private final long[] registers;
    private int resets;

    /**
     * @param count of registers, from offset 0 on
     */
    protected RegisterDevice(DeviceHost host, int count) {
        this.host = host;
        registers = new long[count];
        host.function().barHandler(this);
    }

    /** Software has written a register. */
    protected abstract void written(int offset);

    /** The value of a register. */
    protected final long get(int offset) {
        return registers[offset / Long.BYTES];
    }

    /** Changes what software reads. */
    protected final void set(int offset, long value) {
        registers[offset / Long.BYTES] = value;
    }

    /**
     * Reads memory into a buffer, at least one byte; missing pages are asked for.
     *
     * @param then told of the first access that has failed, or of success
     */
    protected final void read(int pasid, long address, byte[] into, Consumer<DmaStatus> then) {
        transfer(pasid, address, into, host.function().dma()::read, then);
    }

    /** Writes a buffer to memory, else as {@link #read}. */
    protected final void write(int pasid, long address, byte[] from, Consumer<DmaStatus> then) {
        transfer(pasid, address, from, host.function().dma()::write, then);
    }

    protected final DeviceHost host() {
        return host;
    }

    @Override
    public final void write(int bar, long offset, byte[] data, long nowPs) {
        if (isRegister(offset) && data.length == Long.BYTES) {
            set((int) offset, Words.u64(data, 0));
            written((int) offset);
        }
    }

    @Override
    public final long read(int bar, long offset, int bytes, long nowPs) {
        return isRegister(offset) ? get((int) offset) : 0;
    }

    @Override
    public void reset(long nowPs) {
        resets++;
        Arrays.fill(registers, 0);
        host.function().reset();
    }

    private boolean isRegister(long offset) {
        return offset % Long.BYTES == 0 && offset / Long.BYTES < registers.length;
    }

    private void transfer(
            int pasid, long address, byte[] buffer, Access access, Consumer<DmaStatus> then) {
        Whole whole = new Whole(buffer.length, then);
        for (int from = 0; from < buffer.length; ) {
            int bytes = DmaRequest.bytesInPage(address + from, buffer.length - from);
            access.start(DmaRequest.of(pasid, address + from, buffer, from, bytes), whole, bytes);
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
        private final int begunAfter = resets;
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
            if (missing == 0 && resets == begunAfter) {
                then.accept(outcome);
            }
        }
    }
}
