package svasim.pcie.fabric;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import svasim.kernel.Kernel;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.CompletionStatus;
import svasim.pcie.tlp.Tlp;

/**
 * A function of the random fabric: sends what it is told, takes what comes, now and then slowly.
 */
final class FabricNode implements LinkDevice {
    static final int BAR_BYTES = 4096;

    final ModelPort place;
    final int requesterId;
    final List<Tlp> sent = new ArrayList<>();
    final List<Tlp> received = new ArrayList<>();
    final long bar;
    private final Kernel kernel;
    private final Random random;
    private final Outbox outbox;
    private boolean stubborn;

    FabricNode(int requesterId, ModelPort place, Kernel kernel, Random random) {
        this.requesterId = requesterId;
        this.place = place;
        this.kernel = kernel;
        this.random = random;
        this.bar = place.port.allocateMmio(BAR_BYTES);
        this.outbox = new Outbox(place.port.upstream(), flow -> {});
        place.port.attach(this);
    }

    void send(Tlp tlp) {
        sent.add(tlp);
        outbox.add(tlp);
        outbox.send(kernel.nowPs());
    }

    int unsent() {
        return outbox.size();
    }

    @Override
    public boolean offer(Tlp tlp, long nowPs) {
        if (stubborn) {
            return false;
        }
        if (random.nextInt(6) == 0) {
            stubborn = true;
            kernel.after(random.nextInt(2_000_000), (now, kind, data) -> relent(now), 0, 0);
            return false;
        }
        received.add(tlp);
        if (tlp instanceof Tlp.MemoryRead read) {
            answer(read);
        }
        return true;
    }

    private void relent(long nowPs) {
        stubborn = false;
        place.port.retryDownstream(nowPs);
    }

    private void answer(Tlp.MemoryRead read) {
        send(
                new Tlp.Completion(
                        requesterId,
                        read.requesterId(),
                        read.tag(),
                        CompletionStatus.SUCCESS,
                        read.bytes(),
                        (int) read.address() & 0x7F,
                        new byte[read.bytes()],
                        read.attributes().ofAnswer()));
    }

    @Override
    public String name() {
        return "node " + Integer.toHexString(requesterId);
    }

    @Override
    public int requesterId() {
        return requesterId;
    }

    @Override
    public ConfigurationSpace configuration() {
        return new ConfigurationSpace();
    }

    @Override
    public int maxPayloadBytes() {
        return 256;
    }

    @Override
    public boolean claims(long address) {
        return address >= bar && address < bar + BAR_BYTES;
    }

    @Override
    public long readRegister(long address, int bytes, long nowPs) {
        return 0;
    }

    @Override
    public void hotReset(long nowPs) {}

    @Override
    public void removed(long nowPs) {}

    @Override
    public void linkReady(long nowPs) {
        outbox.send(nowPs);
    }
}
