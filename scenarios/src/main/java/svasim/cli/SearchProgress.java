package svasim.cli;

import java.util.Locale;
import svasim.explore.Search;
import svasim.explore.Watch;

/** How far a search has come; a signal ends it. */
final class SearchProgress implements Watch {
    private final Search search;
    private final Interruption interruption;
    private volatile int runs;

    SearchProgress(Search search, Interruption interruption) {
        this.search = search;
        this.interruption = interruption;
    }

    @Override
    public boolean isOver() {
        return interruption.isRequested();
    }

    @Override
    public void ended(int ofAll) {
        runs = ofAll;
    }

    /** Of a search that has taken so many seconds. */
    String line(double seconds) {
        return line(runs, seconds);
    }

    String line(int made, double seconds) {
        double speed = made / seconds;
        double left = (search.runs() - made) / speed;
        if (search.limit() != null) {
            left = Math.min(left, search.limit().toSeconds() - seconds);
        }
        String line =
                String.format(
                        Locale.ROOT, "%d of %d runs, %.0f runs/s", made, search.runs(), speed);
        return made == 0 ? line : line + ", " + Ticker.time(Math.max(0, left)) + " left at most";
    }
}
