package svasim.cli;

import java.util.Locale;
import svasim.kernel.Kernel;
import svasim.report.Times;
import svasim.scenario.Measure;

/** How far one run has come, and when its limits of time or events will end it. */
final class RunProgress {
    /** Seconds before which the start weighs too much for a forecast. */
    private static final int SETTLED = 3;

    private static final Measure DEFAULTS = Measure.defaults();

    private final String name;
    private final Measure limits;

    /** Null until the machine is there; read without order, as a glance only. */
    private volatile Kernel kernel;

    /**
     * @param limits a share is told of those that the scenario sets itself
     */
    RunProgress(String name, Measure limits) {
        this.name = name;
        this.limits = limits;
    }

    void watch(Kernel running) {
        kernel = running;
    }

    /** Of a run that has taken so many seconds. */
    String line(double seconds) {
        return kernel == null
                ? name + ": is put together"
                : line(kernel.nowPs(), kernel.eventsRun(), seconds);
    }

    String line(long nowPs, long events, double seconds) {
        String line =
                String.format(
                        Locale.ROOT,
                        "%s: %s simulated, %d events, %.2f million a second",
                        name,
                        Times.micros(nowPs),
                        events,
                        events / seconds / 1e6);
        double share = share(nowPs, events);
        return share == 0 || seconds < SETTLED ? line : line + left(share, seconds);
    }

    private static String left(double share, double seconds) {
        return String.format(
                Locale.ROOT,
                ", %.0f %% of the limit, %s left at most",
                100 * share,
                Ticker.time(seconds / share - seconds));
    }

    /** Of the limit that is nearest; 0 if the scenario sets none. */
    private double share(long nowPs, long events) {
        boolean timed = !limits.until().equals(DEFAULTS.until());
        boolean counted = !limits.events().equals(DEFAULTS.events());
        double ofTime = timed ? (double) nowPs / limits.until().value() : 0;
        double ofEvents = counted ? (double) events / limits.events() : 0;
        return Math.min(1, Math.max(ofTime, ofEvents));
    }
}
