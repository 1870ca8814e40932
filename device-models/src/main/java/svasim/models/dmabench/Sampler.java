package svasim.models.dmabench;

import org.HdrHistogram.Histogram;
import svasim.device.DeviceHost;
import svasim.device.load.Throughput;
import svasim.kernel.EventHandler;
import svasim.kernel.RandomStream;
import svasim.pcie.endpoint.Dma;
import svasim.pcie.endpoint.DmaRequest;
import svasim.pcie.endpoint.DmaStatus;
import svasim.pcie.endpoint.OnFault;
import svasim.stats.Counter;

/** Makes the accesses of a measurement, as many at once as the card has slots. */
final class Sampler implements EventHandler, CardMmu.Listener {
    private static final int PAGE_BYTES = 4096;
    private static final int RING_BYTES = 64;

    private final DmaBenchConfig config;
    private final DeviceHost host;
    private final Runnable whenIdle;
    private final RandomStream random;
    private final Slot[] slots;

    /** The card's own page table, or null. */
    private final CardMmu mmu;

    private final Runnable whenFaulted;
    private final byte[] ringBuffer = new byte[RING_BYTES];
    private final Histogram readLatency;
    private final Histogram writeLatency;
    private final Counter accesses;
    private final Counter failures;
    private final Counter busyPs;
    private final Throughput readThroughput;
    private final Throughput writeThroughput;

    private Measurement run;
    private long begunPs;
    private long begun;
    private long taken;
    private long failed;
    private long nextIssuePs;
    private int active;

    /** Counts resets: what was begun before one does not go on after it. */
    private int life;

    /**
     * @param whenIdle called when a measurement is over and nothing is under way
     * @param whenFaulted called when the driver has to look for a fault
     */
    Sampler(DmaBenchConfig config, DeviceHost host, Runnable whenIdle, Runnable whenFaulted) {
        this.mmu = config.addressing().isMirrored() ? new CardMmu(this) : null;
        this.whenFaulted = whenFaulted;
        this.config = config;
        this.host = host;
        this.whenIdle = whenIdle;
        random = host.kernel().random(host.name() + ".address");
        slots = new Slot[config.outstanding()];
        makeSlots();
        readLatency = latency("read");
        writeLatency = latency("write");
        accesses = counter("accesses", "accesses that were measured");
        failures = counter("failures", "accesses that failed");
        readThroughput = throughput("read");
        writeThroughput = throughput("write");
        busyPs = counter("busy.ps", "time from the start of a measurement to its end, in sum");
    }

    boolean isBusy() {
        return active > 0;
    }

    long taken() {
        return taken;
    }

    long failed() {
        return failed;
    }

    void start(long nowPs, Measurement measurement) {
        run = measurement;
        begunPs = nowPs;
        begun = 0;
        taken = 0;
        failed = 0;
        active = slots.length;
        for (Slot slot : slots) {
            next(nowPs, slot);
        }
    }

    /** Begins no further sample. */
    void stop() {
        if (run != null) {
            begun = run.samples();
        }
    }

    /** Forgets the measurement and what software has told. */
    void reset() {
        life++;
        run = null;
        begun = 0;
        taken = 0;
        failed = 0;
        active = 0;
        nextIssuePs = 0;
        makeSlots();
        if (mmu != null) {
            mmu.reset();
        }
    }

    private void makeSlots() {
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new Slot(i, life, this, (int) config.transfer().bytes());
        }
    }

    /** Whether a slot is of a measurement before the last reset. */
    boolean isForgotten(Slot slot) {
        return slot.life() != life;
    }

    /** The access of a slot leaves the card. */
    @Override
    public void handle(long nowPs, int begunIn, long index) {
        if (begunIn != life) {
            return;
        }
        Slot slot = slots[(int) index];
        slot.address(run.address(random, config.unit()));
        issue(slot);
    }

    private void issue(Slot slot) {
        long address =
                mmu == null ? slot.address() : mmu.translate(slot, slot.address(), run.write());
        if (mmu != null && address == CardMmu.WAITS) {
            return;
        }
        DmaRequest request = request(address, slot.buffer(), slot.index());
        if (run.write()) {
            dma().write(request, slot, run.readsBack() ? Slot.WRITTEN : Slot.SAMPLE);
            if (run.readsBack()) {
                dma().read(request, slot, Slot.SAMPLE);
            }
        } else {
            dma().read(request, slot, Slot.SAMPLE);
        }
    }

    /** Null if the card has no page table of its own. */
    CardMmu mmu() {
        return mmu;
    }

    @Override
    public void faulted() {
        whenFaulted.run();
    }

    @Override
    public void retry(long nowPs, Slot slot) {
        issue(slot);
    }

    @Override
    public void refuse(long nowPs, Slot slot) {
        sampled(nowPs, slot, DmaStatus.NO_TRANSLATION);
    }

    /** Takes the time from now on. */
    void sample(long nowPs, Slot slot) {
        slot.startPs(nowPs);
        long issuePs = Math.max(nowPs + config.overhead().value(), nextIssuePs);
        nextIssuePs = issuePs + config.issueInterval().value();
        host.kernel().at(issuePs, this, life, slot.index());
    }

    void sampled(long nowPs, Slot slot, DmaStatus status) {
        if (mmu != null) {
            mmu.over(slot);
        }
        accesses.increment();
        taken++;
        if (status == DmaStatus.OK) {
            (run.write() && !run.readsBack() ? writeLatency : readLatency)
                    .recordValue(nowPs - slot.startPs());
        } else {
            failures.increment();
            failed++;
        }
        next(nowPs, slot);
    }

    private void next(long nowPs, Slot slot) {
        if (begun >= run.samples()) {
            active--;
            finishIfIdle(nowPs);
            return;
        }
        long number = begun++;
        if (config.ringPages() > 0 && number % config.ringEvery() == 0) {
            long page = number / config.ringEvery() % config.ringPages();
            dma().read(ringRequest(run.ring() + page * PAGE_BYTES, slot), slot, Slot.RING);
        } else {
            sample(nowPs, slot);
        }
    }

    private void finishIfIdle(long nowPs) {
        if (active == 0) {
            long takenPs = nowPs - begunPs;
            busyPs.add(takenPs);
            Throughput throughput = run.write() ? writeThroughput : readThroughput;
            throughput.add((taken - failed) * config.transfer().bytes(), takenPs);
            whenIdle.run();
        }
    }

    private DmaRequest request(long address, byte[] buffer, int stream) {
        return new DmaRequest(
                run.pasid(), address, buffer, 0, buffer.length, OnFault.BLOCK, stream);
    }

    /** The queues are memory of the DMA API, wherever the window is. */
    private DmaRequest ringRequest(long address, Slot slot) {
        return new DmaRequest(
                null, address, ringBuffer, 0, ringBuffer.length, OnFault.BLOCK, slot.index());
    }

    private Dma dma() {
        return host.function().dma();
    }

    private Histogram latency(String operation) {
        return host.statistics()
                .latency(
                        host.name() + "." + operation + ".latency.ps",
                        "of a measured " + operation + ", overhead of the card included");
    }

    private Throughput throughput(String operation) {
        return new Throughput(
                counter(
                        operation + ".bandwidth.bps",
                        "bits per second of measured " + operation + "s, over all measurements"));
    }

    private Counter counter(String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
