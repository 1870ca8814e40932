package svasim.models.nic.rdma.card;

import svasim.device.DeviceHost;
import svasim.stats.Counter;

/** Counts what becomes of packets of messages. */
final class MessageStatistics {
    private final Counter sent;
    private final Counter again;
    private final Counter notReady;
    private final Counter dropped;

    MessageStatistics(DeviceHost host) {
        sent = counter(host, "sent", "packets of messages that were put on the wire");
        again = counter(host, "retransmitted", "of these, packets that were sent before");
        notReady = counter(host, "rnr", "answers of a receiver that waits for a page (RNR NAK)");
        dropped = counter(host, "dropped", "packets that a receiver dropped, waiting for a page");
    }

    void sent(boolean before) {
        sent.increment();
        again.add(before ? 1 : 0);
    }

    void notReady() {
        notReady.increment();
    }

    void dropped() {
        dropped.increment();
    }

    private static Counter counter(DeviceHost host, String name, String description) {
        return host.statistics().counter(host.name() + ".rdma." + name, description);
    }
}
