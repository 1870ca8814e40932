package svasim.models.nic.rdma.card;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import svasim.device.BufferAccess;
import svasim.device.DeviceHost;
import svasim.kernel.EventHandler;
import svasim.models.nic.config.OnDemandConfig;
import svasim.models.nic.rdma.layout.FaultEvent;
import svasim.pcie.tlp.PasidPrefix;
import svasim.stats.Counter;

/** Tells software of missing pages, and queues of its answers. */
final class Events implements EventHandler {
    private static final int RAISED = 0;
    private static final int RESUMED = 1;
    private static final int RESUMED_WITH_ERROR = 2;

    private final OnDemandConfig config;
    private final DeviceHost host;
    private final BufferAccess memory;
    private final Counter initiator;
    private final Counter receiver;
    private final Histogram latency;
    private final Map<Long, Waiting> waiting = new TreeMap<>();
    private final Queue<FaultEvent> raised = new ArrayDeque<>();
    private long base;
    private long entries;
    private long address;
    private int data;
    private long tokens;
    private long written;

    /** First token since the reset; those before are of nobody. */
    private long firstToken;

    /** Who waits for a page. */
    @FunctionalInterface
    interface Waiter {
        void resumed(boolean error);
    }

    private record Waiting(Waiter waiter, long sincePs) {}

    Events(OnDemandConfig config, DeviceHost host, BufferAccess memory) {
        this.config = config;
        this.host = host;
        this.memory = memory;
        String name = host.name() + ".odp.";
        initiator =
                host.statistics()
                        .counter(name + "faults.wqe", "missing pages that were to be read");
        receiver =
                host.statistics()
                        .counter(name + "faults.rdma", "missing pages that were to be written");
        latency =
                host.statistics()
                        .latency(
                                name + "fault.latency.ps",
                                "from a missing page until its queue goes on");
    }

    void place(long eventBase, long eventEntries) {
        base = eventBase;
        entries = eventEntries;
        written = 0;
    }

    void message(long messageAddress, int messageData) {
        address = messageAddress;
        data = messageData;
    }

    /** A page is missing; the firmware stops the queue and tells software. */
    void raise(FaultEvent event, Waiter waiter) {
        (event.cause() == FaultEvent.Cause.WQE ? initiator : receiver).increment();
        long token = ++tokens;
        waiting.put(token, new Waiting(waiter, host.kernel().nowPs()));
        raised.add(event.withToken(token));
        host.kernel().after(config.raise().value(), this, RAISED, token);
    }

    /** Software has answered. */
    void resume(long token, boolean error) {
        int kind = error ? RESUMED_WITH_ERROR : RESUMED;
        host.kernel().after(config.resume().value(), this, kind, token);
    }

    @Override
    public void handle(long nowPs, int kind, long token) {
        if (token < firstToken) {
            return;
        }
        if (kind == RAISED) {
            write(raised.remove());
            return;
        }
        Waiting over = waiting.remove(token);
        if (over != null) {
            latency.recordValue(nowPs - over.sincePs());
            over.waiter().resumed(kind == RESUMED_WITH_ERROR);
        }
    }

    void reset() {
        firstToken = tokens + 1;
        waiting.clear();
        raised.clear();
        place(0, 0);
        message(0, 0);
    }

    /** Without a queue nobody hears of it. */
    private void write(FaultEvent event) {
        if (entries == 0) {
            return;
        }
        boolean phase = written / entries % 2 == 0;
        long at = base + written++ % entries * FaultEvent.BYTES;
        memory.write(
                PasidPrefix.NONE,
                at,
                event.with(phase).toBytes(),
                status -> host.function().interrupt(address, data));
    }
}
