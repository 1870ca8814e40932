package svasim.cli;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How far many runs have come, and how long the rest will take: one line that changes on a
 * terminal, each second and with each end; else a line now and then.
 */
final class Progress implements AutoCloseable {
    private static final double SECONDS_BETWEEN_LINES = 5;
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final int total;
    private final long startNs = System.nanoTime();

    /** Null where the line does not change. */
    private final ScheduledExecutorService clock;

    private double shownAt;
    private double lastEnd;
    private int ended;
    private int run;

    /**
     * @param total points there are
     */
    Progress(PrintWriter err, int total) {
        this.err = err;
        this.total = total;
        clock = Terminal.isError() ? Executors.newSingleThreadScheduledExecutor() : null;
        if (clock != null) {
            clock.scheduleAtFixedRate(this::redraw, 0, 1, TimeUnit.SECONDS);
        }
    }

    /** A point has ended; {@code fresh} if it has been run now. */
    synchronized void ended(boolean fresh) {
        ended++;
        run += fresh ? 1 : 0;
        lastEnd = seconds();
        if (clock != null) {
            redraw();
        } else if (ended == total || lastEnd - shownAt >= SECONDS_BETWEEN_LINES) {
            shownAt = lastEnd;
            err.println(line());
        }
    }

    private synchronized void redraw() {
        err.print(BACK_AND_CLEAR + line());
        err.flush();
    }

    /** A line of its own. */
    synchronized void say(String line) {
        err.println(clock == null ? line : BACK_AND_CLEAR + line);
    }

    /** The line stays as it is. */
    @Override
    public synchronized void close() {
        if (clock != null) {
            clock.shutdownNow();
            err.println();
        }
    }

    private double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    private String line() {
        return line(ended, total, run, lastEnd, seconds());
    }

    /**
     * What has taken longer than expected is expected to take as long again.
     *
     * @param run how many of those that have ended took time
     * @param lastEnd when the last one ended, in seconds from the start
     */
    static String line(int ended, int total, int run, double lastEnd, double now) {
        String line = String.format(Locale.ROOT, "%d of %d points", ended, total);
        if (ended == total) {
            return line + String.format(Locale.ROOT, ", %d run in %s", run, time(lastEnd));
        }
        if (run == 0) {
            return line;
        }
        double left = lastEnd / run * (total - ended) - (now - lastEnd);
        return line + ", " + time(Math.abs(left)) + " left";
    }

    private static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 100) {
            return whole + " s";
        }
        long minutes = Math.round(seconds / 60);
        return minutes < 100 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
