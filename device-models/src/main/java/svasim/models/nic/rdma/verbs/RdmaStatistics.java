package svasim.models.nic.rdma.verbs;

import org.HdrHistogram.Histogram;
import svasim.device.DriverHost;
import svasim.stats.Counter;

/** What software sees of messages and page faults. */
final class RdmaStatistics {
    private final Histogram handling;
    private final Counter refused;
    private final Counter advised;
    private final Counter wrong;

    RdmaStatistics(DriverHost host) {
        handling =
                host.statistics()
                        .latency(
                                host.name() + ".odp.driver.latency.ps",
                                "from an event to the driver's command to resume");
        refused =
                counter(host, "odp.refused", "page faults that the driver has ended with an error");
        advised =
                counter(
                        host,
                        "odp.advised.bytes",
                        "bytes that were brought in without page faults");
        wrong = counter(host, "job.wrong", "messages with other bytes than were sent");
    }

    void handled(long tookPs, boolean error) {
        handling.recordValue(tookPs);
        refused.add(error ? 1 : 0);
    }

    void advised(long bytes) {
        advised.add(bytes);
    }

    void wrong() {
        wrong.increment();
    }

    private static Counter counter(DriverHost host, String name, String description) {
        return host.statistics().counter(host.name() + "." + name, description);
    }
}
