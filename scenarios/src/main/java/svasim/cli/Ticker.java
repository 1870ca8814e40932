package svasim.cli;

import java.io.PrintWriter;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleFunction;

/**
 * Shows on the standard error how far a long command has come: on a terminal one line that changes
 * each second, and that is gone at the end; in a file, if it was asked for, a line now and then.
 * Nothing is shown of what is over at once.
 */
final class Ticker {
    private static final String BACK_AND_CLEAR = "\r\u001b[K";
    private static final int SECONDS_BETWEEN_LINES = 5;

    private final PrintWriter err;
    private final boolean changes;

    /** Null if nothing is shown. */
    private final ScheduledExecutorService clock;

    private final long startNs = System.nanoTime();
    private boolean shown;

    /**
     * @param line of so many seconds; called by another thread
     * @param asked whether it is shown where there is no terminal, too
     */
    Ticker(PrintWriter err, boolean asked, DoubleFunction<String> line) {
        this.err = err;
        changes = Terminal.isError();
        clock = changes || asked ? Executors.newSingleThreadScheduledExecutor(this::daemon) : null;
        if (clock != null) {
            int every = changes ? 1 : SECONDS_BETWEEN_LINES;
            clock.scheduleAtFixedRate(
                    () -> show(line.apply(seconds())), every, every, TimeUnit.SECONDS);
        }
    }

    private Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "progress");
        thread.setDaemon(true);
        return thread;
    }

    private double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    private synchronized void show(String line) {
        if (clock.isShutdown()) {
            return;
        }
        shown = true;
        err.print(changes ? BACK_AND_CLEAR + line : line + System.lineSeparator());
        err.flush();
    }

    /** The line goes; nothing is shown any more. */
    synchronized void end() {
        if (clock != null) {
            clock.shutdownNow();
        }
        if (changes && shown) {
            shown = false;
            err.print(BACK_AND_CLEAR);
            err.flush();
        }
    }

    /** For people, for example {@code "1 min 20 s"}. */
    static String time(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        long minutes = whole / 60;
        return minutes < 60
                ? minutes + " min " + whole % 60 + " s"
                : minutes / 60 + " h " + minutes % 60 + " min";
    }
}
