package svasim.models.dmabench;

import svasim.pcie.endpoint.DmaClient;
import svasim.pcie.endpoint.DmaStatus;

/** One of the accesses that may be under way at once; its parts follow each other. */
final class Slot implements DmaClient {
    /** Token of an access to the card's own queues. */
    static final long RING = 0;

    /** Token of an access that is measured. */
    static final long SAMPLE = 1;

    /** Token of a write that a read follows, whose end matters to nobody. */
    static final long WRITTEN = 2;

    private final int index;
    private final int life;
    private final Sampler sampler;
    private final byte[] buffer;
    private long startPs;
    private long address;

    /**
     * @param life of the sampler, in which the slot is used
     */
    Slot(int index, int life, Sampler sampler, int bytes) {
        this.index = index;
        this.life = life;
        this.sampler = sampler;
        this.buffer = new byte[bytes];
    }

    int index() {
        return index;
    }

    int life() {
        return life;
    }

    byte[] buffer() {
        return buffer;
    }

    /** When the present sample began. */
    long startPs() {
        return startPs;
    }

    void startPs(long nowPs) {
        startPs = nowPs;
    }

    /** Where the present access goes. */
    long address() {
        return address;
    }

    void address(long chosen) {
        address = chosen;
    }

    @Override
    public void done(long nowPs, long token, DmaStatus status, long faultAddress) {
        if (sampler.isForgotten(this)) {
            return;
        }
        if (token == RING) {
            sampler.sample(nowPs, this);
        } else if (token == SAMPLE) {
            sampler.sampled(nowPs, this, status);
        }
    }
}
