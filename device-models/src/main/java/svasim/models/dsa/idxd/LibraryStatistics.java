package svasim.models.dsa.idxd;

import org.HdrHistogram.Histogram;
import svasim.device.DriverHost;
import svasim.stats.Counter;

/** What programs see of the device. */
final class LibraryStatistics {
    private final Histogram latency;
    private final Counter resumed;
    private final Counter failed;
    private final Counter retries;

    LibraryStatistics(DriverHost host) {
        latency =
                host.statistics()
                        .latency(
                                host.name() + ".job.latency.ps",
                                "from the start of a submission to the end that the program saw");
        resumed =
                host.statistics()
                        .counter(
                                host.name() + ".job.resumed",
                                "times that a program handed in the rest after a missing page");
        retries =
                host.statistics()
                        .counter(
                                host.name() + ".job.retries",
                                "times that a program found a shared queue full");
        failed = host.statistics().counter(host.name() + ".job.failed", "jobs that did not do all");
    }

    void ended(long startPs, long nowPs, boolean good) {
        latency.recordValue(nowPs - startPs);
        if (!good) {
            failed.increment();
        }
    }

    /** A shared queue was full so many times. */
    void retried(int times) {
        retries.add(times);
    }

    void resumed() {
        resumed.increment();
    }
}
