package svasim.explore;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import svasim.report.Times;

/** One line of a story: one observation, or several alike between two turns. */
final class Told {
    /** Lanes up to this length stand in a column. */
    static final int WIDEST_LANE = 24;

    private static final int MOST_STEPS = 4;

    private final int weight;
    private final long timePs;
    private final String from;
    private final String lane;
    private final String text;

    /** Names of the steps of a procedure, in their order; empty for anything else. */
    private final Set<String> steps = new LinkedHashSet<>();

    private int count = 1;
    private long lastPs;

    /**
     * @param weight see {@link Concern}
     * @param from lane that acted on the line's own; may be the same
     * @param text sentence, or name of the procedure
     */
    Told(int weight, long timePs, String from, String lane, String text) {
        this.weight = weight;
        this.timePs = timePs;
        this.lastPs = timePs;
        this.from = from;
        this.lane = lane;
        this.text = text;
    }

    int weight() {
        return weight;
    }

    void addStep(String step) {
        steps.add(step);
    }

    /** Another one of the same kind. */
    void again(long nowPs) {
        count++;
        lastPs = nowPs;
    }

    String from() {
        return from;
    }

    String lane() {
        return lane;
    }

    /** Name of the procedure, or the sentence without what was added to it. */
    String subject() {
        return text;
    }

    String moment() {
        return Times.micros(timePs);
    }

    /** What happened. */
    String text() {
        return text + rest();
    }

    long timePs() {
        return timePs;
    }

    /** Whether it is about steps of software. */
    boolean isSteps() {
        return !steps.isEmpty();
    }

    /**
     * The line behind its number.
     *
     * @param width of the column of lanes
     */
    String line(int width) {
        return String.format("%14s  %-" + width + "s  %s", moment(), lane, text());
    }

    private String rest() {
        if (!steps.isEmpty()) {
            return ": " + steps();
        }
        return count == 1 ? "" : " (and " + (count - 1) + " more, to " + Times.micros(lastPs) + ")";
    }

    private String steps() {
        List<String> all = List.copyOf(steps);
        if (all.size() <= MOST_STEPS) {
            return String.join(", ", all);
        }
        return String.join(", ", all.subList(0, MOST_STEPS - 1))
                + " ... "
                + all.get(all.size() - 1)
                + " ("
                + all.size()
                + " steps)";
    }
}
