package svasim.models.zip.uacce;

import org.HdrHistogram.Histogram;
import svasim.device.DriverHost;
import svasim.stats.Counter;
import svasim.units.Picoseconds;

/** What programs see of the engine. */
final class LibraryStatistics {
    private static final long NOT_YET = -1;

    private final Histogram latency;
    private final Counter failed;
    private final Counter bytes;
    private final Counter bandwidth;
    private long firstPs = NOT_YET;

    LibraryStatistics(DriverHost host) {
        String name = host.name() + ".job.";
        latency =
                host.statistics()
                        .latency(
                                name + "latency.ps",
                                "from the start of a submission to the end that the program saw");
        failed = host.statistics().counter(name + "failed", "jobs that did not do all");
        bytes = host.statistics().counter(name + "bytes", "bytes of source that are done");
        bandwidth =
                host.statistics()
                        .counter(
                                name + "bandwidth.Bps",
                                "bytes of source per second, from the first start to the last end");
    }

    void began(long nowPs) {
        firstPs = firstPs == NOT_YET ? nowPs : firstPs;
    }

    void ended(long startPs, long nowPs, boolean good, long doneBytes) {
        latency.recordValue(nowPs - startPs);
        bytes.add(doneBytes);
        double perPs = (double) bytes.value() / (nowPs - firstPs);
        bandwidth.add(Math.round(perPs * Picoseconds.PER_SECOND) - bandwidth.value());
        if (!good) {
            failed.increment();
        }
    }
}
