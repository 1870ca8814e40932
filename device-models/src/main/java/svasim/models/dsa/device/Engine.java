package svasim.models.dsa.device;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.layout.Grpcfg;
import svasim.pcie.endpoint.Dma;
import svasim.pcie.endpoint.DmaRequest;
import svasim.stats.Counter;
import svasim.trace.Kind;

/**
 * Works on several descriptors at once: decodes one after the other, and passes their data through
 * the port that all engines share.
 */
final class Engine {
    private final int index;
    private final DsaConfig config;
    private final DeviceHost host;
    private final Engines engines;
    private final DataPort port;
    private final int lane;
    private final Counter descriptors;
    private final Counter bytes;
    private final List<Running> running = new ArrayList<>();
    private long decoderFreePs;

    /** A descriptor and what carries it out. */
    private record Running(Work work, Execution execution) {}

    Engine(int index, DsaConfig config, DeviceHost host, Engines engines, DataPort port) {
        this.index = index;
        this.config = config;
        this.host = host;
        this.engines = engines;
        this.port = port;
        String name = host.name() + ".engine" + index;
        lane = host.trace().lane(name);
        descriptors = host.statistics().counter(name + ".descriptors", "descriptors taken");
        bytes = host.statistics().counter(name + ".bytes", "bytes through the port of the device");
    }

    /**
     * Whether it can take one more descriptor.
     *
     * @param batch whether that is a batch, of which an engine has some room apart
     * @param limits what the group leaves of the engine's room
     */
    boolean hasRoom(boolean batch, Grpcfg limits) {
        int taken = 0;
        for (Running r : running) {
            taken += r.work().isBatch() == batch ? 1 : 0;
        }
        int room =
                batch
                        ? config.batches() >> limits.batchLimit()
                        : config.inProgress() >> limits.descriptorLimit();
        return taken < Math.max(1, room);
    }

    /** Takes a descriptor; its decoding begins when the decoder is free. */
    void start(long nowPs, Work work) {
        descriptors.increment();
        host.trace().tell(Kind.WORK_STARTED, lane, work.pasid(), index, work.id());
        Execution execution = engines.execution(this, work);
        running.add(new Running(work, execution));
        decoderFreePs = Math.max(nowPs, decoderFreePs) + config.decode().value();
        host.kernel().at(decoderFreePs, (now, kind, data) -> execution.begin(now), 0, work.id());
    }

    /** An execution of this engine has ended. */
    void finished(long nowPs, Work work, Outcome outcome) {
        Ending ending = new Ending(work, index, outcome);
        engines.complete(nowPs, ending, now -> left(now, ending));
    }

    private void left(long nowPs, Ending ending) {
        running.removeIf(r -> r.work() == ending.work());
        engines.left(nowPs, ending);
    }

    /** Calls the handler when a piece has passed, behind those of all engines. */
    void pass(int length, EventHandler whenPassed) {
        bytes.add(length);
        port.pass(length, whenPassed);
    }

    /** An access to memory on behalf of a descriptor, by this engine. */
    DmaRequest request(Work work, long address, byte[] buffer, int offset, int bytes) {
        return work.request(address, buffer, offset, bytes).stream(index);
    }

    /** The decoder has nothing to do. */
    void reset() {
        decoderFreePs = 0;
    }

    long nowPs() {
        return host.kernel().nowPs();
    }

    Dma dma() {
        return host.function().dma();
    }

    /** What the group of a descriptor may hold. */
    ReadBuffers.Share readBuffers(Work work) {
        return engines.readBuffers(work);
    }

    int pieceBytes() {
        return (int) config.piece().bytes();
    }

    /** Stops working on some descriptors; their accesses are discarded by the caller. */
    void abort(long nowPs, Predicate<Work> which) {
        for (Running r : List.copyOf(running)) {
            if (which.test(r.work().accepted())) {
                r.execution().abort(nowPs);
            }
        }
    }

    long nextWork() {
        return engines.nextWork();
    }

    /** Members of a batch wait for an engine. */
    void offer(Batch batch) {
        engines.offer(batch);
    }

    /** One line for each descriptor in progress. */
    void waitingFor(List<String> lines) {
        for (Running r : running) {
            lines.add(
                    String.format(
                            "engine %d: descriptor %d (PASID %d) waits for %s",
                            index, r.work().id(), r.work().pasid(), r.execution().waitingFor()));
        }
    }
}
