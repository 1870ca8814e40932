package svasim.models.gpu.driver;

import org.HdrHistogram.Histogram;
import svasim.device.DriverHost;
import svasim.stats.Counter;
import svasim.units.Picoseconds;

/** What programs see of the GPU. */
final class LibraryStatistics {
    private final Histogram latency;
    private final Counter failed;
    private final Counter elements;
    private final Counter time;

    LibraryStatistics(DriverHost host) {
        String name = host.name() + ".job.";
        latency =
                host.statistics()
                        .latency(
                                name + "latency.ps",
                                "from the start of a submission to the end that the program saw");
        failed = host.statistics().counter(name + "failed", "dispatches that were not right");
        time = host.statistics().counter(name + "time.ns", "latencies of all dispatches together");
        elements = host.statistics().counter(name + "elements", "elements that are right");
    }

    void ended(long startPs, long nowPs, boolean good, long count) {
        latency.recordValue(nowPs - startPs);
        time.add((nowPs - startPs) / Picoseconds.PER_NANOSECOND);
        if (good) {
            elements.add(count);
        } else {
            failed.increment();
        }
    }
}
