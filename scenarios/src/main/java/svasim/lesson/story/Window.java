package svasim.lesson.story;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The part of a long story that is written down.
 *
 * @param from number of its first step in the whole run, from 0
 * @param limit steps that it has at most
 * @param at step of the whole run that it was chosen for; {@link #NONE} if that is its beginning
 * @param says what is at that step, to go behind "around"; empty if it is the beginning
 */
public record Window(int from, int limit, int at, String says) {
    public static final int NONE = -1;

    /** The beginning of a run. */
    public static Window first(int limit) {
        return new Window(0, limit, NONE, "");
    }

    /**
     * What led to a step, and what came of it: more of the former.
     *
     * @param of steps of the whole run
     */
    public static Window around(int step, int of, int limit, String says) {
        int before = limit - limit / 4;
        int from = Math.max(0, Math.min(step - before, of - limit));
        return new Window(from, limit, step, says);
    }

    /** Number of the step that it was chosen for within it; 0 if that is its beginning. */
    public int opens() {
        return at == NONE ? 0 : local(at);
    }

    /** A step's number within the window; negative before it. */
    int local(int step) {
        return step - from;
    }

    /** Whether a step comes after the window. */
    boolean isOver(int step) {
        return local(step) >= limit;
    }

    /**
     * For the page; null if it has everything.
     *
     * @param of steps of the whole run
     */
    Map<String, Object> plain(int of) {
        if (from == 0 && of <= limit) {
            return null;
        }
        int shown = Math.min(limit, of - from);
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("from", from);
        plain.put("shown", shown);
        plain.put("of", of);
        String which =
                from == 0 && at == NONE
                        ? "The first " + shown + " of " + of + " steps are shown."
                        : String.format(
                                "Steps %d to %d of %d are shown%s.",
                                from + 1, from + shown, of, says.isEmpty() ? "" : ", " + says);
        plain.put("says", which);
        return plain;
    }
}
