package svasim.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * How far many runs have come, and how long the rest will take: one line that changes on a
 * terminal, else a line now and then.
 */
final class Progress {
    private static final double SECONDS_BETWEEN_LINES = 5;
    private static final String BACK_AND_CLEAR = "\r\u001b[K";

    private final PrintWriter err;
    private final boolean terminal;
    private final int total;
    private final long startNs = System.nanoTime();
    private double shownAt;
    private int ended;
    private int run;

    /**
     * @param total points there are
     */
    Progress(PrintWriter err, int total) {
        this.err = err;
        this.total = total;
        terminal = isTerminal();
    }

    /** Standard error, as Linux shows it; elsewhere it counts as a file. */
    private static boolean isTerminal() {
        try {
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /** A point has ended; {@code fresh} if it has been run now. */
    void ended(boolean fresh) {
        ended++;
        run += fresh ? 1 : 0;
        double seconds = seconds();
        if (terminal) {
            err.print(BACK_AND_CLEAR + line(ended, total, run, seconds));
            err.flush();
            if (ended == total) {
                err.println();
            }
        } else if (ended == total || seconds - shownAt >= SECONDS_BETWEEN_LINES) {
            shownAt = seconds;
            err.println(line(ended, total, run, seconds));
        }
    }

    /** A line of its own. */
    void say(String line) {
        err.println(terminal ? BACK_AND_CLEAR + line : line);
    }

    private double seconds() {
        return (System.nanoTime() - startNs) / 1e9;
    }

    /**
     * @param run how many of those that have ended took time
     */
    static String line(int ended, int total, int run, double seconds) {
        String line = String.format(Locale.ROOT, "%d of %d points", ended, total);
        if (ended == total) {
            return line + String.format(Locale.ROOT, ", %d run in %s", run, time(seconds));
        }
        return run == 0 ? line : line + ", " + time(seconds / run * (total - ended)) + " left";
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
