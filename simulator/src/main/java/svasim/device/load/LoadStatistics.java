package svasim.device.load;

import org.HdrHistogram.Histogram;
import svasim.os.file.JobResult;
import svasim.stats.Counter;
import svasim.stats.Statistics;
import svasim.units.Picoseconds;

/** What programs see of the loads that they put on a device. */
final class LoadStatistics {
    private static final long NOT_YET = -1;

    private final Histogram latency;
    private final Histogram service;
    private final Counter ended;
    private final Counter failed;
    private final Counter rate;
    private final Throughput throughput;
    private long firstPs = NOT_YET;
    private long lastPs;

    LoadStatistics(Statistics statistics, String device) {
        String name = device + ".load.";
        latency =
                statistics.latency(
                        name + "latency.ps",
                        "from when a piece of a load was meant to come to the end that the program"
                                + " saw");
        service =
                statistics.latency(
                        name + "service.ps",
                        "from when a piece of a load was handed in to the end that the program saw");
        ended = statistics.counter(name + "ended", "pieces of loads that have ended");
        failed = statistics.counter(name + "failed", "pieces of loads that did not do all");
        rate =
                statistics.counter(
                        name + "rate.hz",
                        "pieces of loads per second, from when the first was meant to come to the"
                                + " last end");
        throughput =
                new Throughput(
                        statistics.counter(
                                name + "bandwidth.bps", "bits of loads per second, over the same"));
    }

    /** A load begins, perhaps beside others. */
    void began(long nowPs) {
        firstPs = firstPs == NOT_YET ? nowPs : firstPs;
        lastPs = Math.max(lastPs, firstPs);
    }

    /** A piece has ended. */
    void ended(long intendedPs, long handedInPs, long nowPs, JobResult result) {
        latency.recordValue(nowPs - intendedPs);
        service.recordValue(nowPs - handedInPs);
        ended.increment();
        if (!result.good()) {
            failed.increment();
        }
        throughput.add(result.bytes(), nowPs - lastPs);
        lastPs = nowPs;
        if (nowPs > firstPs) {
            double perSecond = (double) ended.value() * Picoseconds.PER_SECOND / (nowPs - firstPs);
            rate.add(Math.round(perSecond) - rate.value());
        }
    }
}
