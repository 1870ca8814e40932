package svasim.device.load;

import java.util.function.IntFunction;
import svasim.device.DriverHost;
import svasim.kernel.Kernel;
import svasim.os.file.Job.Waiting;
import svasim.os.file.Submission;
import svasim.stats.Statistics;

/** The loads that programs put on one device. */
public final class Loads {
    private final LoadStatistics statistics;
    private final Kernel kernel;
    private final String name;

    /** Of a driver's device; the statistics are {@code NAME.load}. */
    public Loads(DriverHost host) {
        this(host.statistics(), host.platform().kernel(), host.name());
    }

    Loads(Statistics statistics, Kernel kernel, String name) {
        this.statistics = new LoadStatistics(statistics, name);
        this.kernel = kernel;
        this.name = name;
    }

    /**
     * A load as one piece of work: ends when the last piece has been handed in, and its job when
     * the last one has ended.
     *
     * @param room pieces that the device's queue takes, at least one; where there is none, the
     *     thread waits with the next one
     * @param pieces makes a piece, by its number
     * @param thread that hands them in
     */
    public Submission submission(
            Load load, int room, IntFunction<Submission> pieces, Waiting thread) {
        LoadRun run = new LoadRun(this, load, room, pieces, thread);
        return new Submission(run.call(), run);
    }

    LoadStatistics statistics() {
        return statistics;
    }

    long nowPs() {
        return kernel.nowPs();
    }

    /** Time from one arrival to the next. */
    long gapPs(Arrivals arrivals, long number) {
        return arrivals.gapPs(number, kernel.random(name + ".load"));
    }
}
