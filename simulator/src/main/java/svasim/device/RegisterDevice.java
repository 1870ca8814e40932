package svasim.device;

import java.util.Arrays;
import java.util.function.Consumer;
import svasim.pcie.endpoint.BarHandler;
import svasim.pcie.endpoint.DmaStatus;

/**
 * A device to begin with: some registers of 8 bytes in BAR 0, and buffers that are read and written
 * as a whole. What was begun before a reset does not go on after it.
 */
public abstract class RegisterDevice implements DeviceModel, BarHandler {
    private final DeviceHost host;
    private final long[] registers;
    private final BufferAccess memory;

    /**
     * @param count of registers, from offset 0 on
     */
    protected RegisterDevice(DeviceHost host, int count) {
        this.host = host;
        registers = new long[count];
        memory = new BufferAccess(host.function().dma(), 0);
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
        memory.read(pasid, address, into, then);
    }

    /** Writes a buffer to memory, else as {@link #read}. */
    protected final void write(int pasid, long address, byte[] from, Consumer<DmaStatus> then) {
        memory.write(pasid, address, from, then);
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
        memory.forget();
        Arrays.fill(registers, 0);
    }

    private boolean isRegister(long offset) {
        return offset % Long.BYTES == 0 && offset / Long.BYTES < registers.length;
    }
}
