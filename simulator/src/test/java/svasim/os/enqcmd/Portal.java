package svasim.os.enqcmd;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import svasim.cpu.Bus;
import svasim.pcie.fabric.DeferredAnswer;
import svasim.pcie.tlp.CompletionStatus;

/** A bus with a shared queue behind every address, which refuses as often as it is told to. */
public final class Portal implements Bus {
    private final List<byte[]> taken = new ArrayList<>();
    private int refusals;
    private int refused;

    /** A queue that answers "retry" so many times, and then takes everything. */
    public static Portal refusing(int times) {
        Portal portal = new Portal();
        portal.refusals = times;
        return portal;
    }

    /** First words of the descriptors that were taken. */
    public List<Integer> pasids() {
        return taken.stream()
                .map(data -> ByteBuffer.wrap(data).order(ByteOrder.LITTLE_ENDIAN).getInt())
                .toList();
    }

    int refused() {
        return refused;
    }

    @Override
    public long read(long address, int bytes, long nowPs) {
        return 0;
    }

    @Override
    public void write(long address, byte[] data, long nowPs) {}

    @Override
    public void writeDeferrable(long address, byte[] data, DeferredAnswer answer) {
        boolean full = refused < refusals;
        if (full) {
            refused++;
        } else {
            taken.add(data);
        }
        answer.answered(full ? CompletionStatus.REQUEST_RETRY : CompletionStatus.SUCCESS, 0);
    }
}
