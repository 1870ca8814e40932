package svasim.models.nic.device;

import java.util.ArrayDeque;
import java.util.Queue;
import svasim.device.BufferAccess;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.pcie.tlp.PasidPrefix;
import svasim.units.Picoseconds;

/**
 * The erratum of a card that writes packets a second time, when software believes to have them for
 * itself.
 */
final class LateWrites implements EventHandler {
    private final Picoseconds delay;
    private final Kernel kernel;
    private final BufferAccess memory;
    private final Queue<Write> planned = new ArrayDeque<>();
    private int life;

    private record Write(long address, byte[] packet, int bytes) {}

    /**
     * @param delay null for a card without the erratum
     */
    LateWrites(Picoseconds delay, Kernel kernel, BufferAccess memory) {
        this.delay = delay;
        this.kernel = kernel;
        this.memory = memory;
    }

    /** A packet is in memory. */
    void after(long address, byte[] packet, int bytes) {
        if (delay != null) {
            planned.add(new Write(address, packet, bytes));
            kernel.after(delay.value(), this, 0, life);
        }
    }

    @Override
    public void handle(long nowPs, int kind, long begunIn) {
        if (begunIn == life) {
            Write write = planned.remove();
            memory.write(
                    PasidPrefix.NONE,
                    write.address(),
                    write.packet(),
                    write.bytes(),
                    ignored -> {});
        }
    }

    void reset() {
        life++;
        planned.clear();
    }
}
