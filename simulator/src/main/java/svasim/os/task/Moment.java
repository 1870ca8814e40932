package svasim.os.task;

import java.util.Locale;
import svasim.trace.Kind;

/**
 * When something happens, as an order of steps says it: a step {@code "procedure/step"} takes its
 * effect, hardware sees what a step has stored, {@code "stores of procedure/step"}, or the trace is
 * told of a kind of observation, {@code "atc-filled"}.
 *
 * @param what label of a step or name of a kind
 * @param lane task that runs the step, or lane of the observation; null for any
 */
public record Moment(String what, String lane) {
    /** Before a step whose stores are meant, and not the step. */
    private static final String STORES = "stores of ";

    /** Between what happens and where. */
    private static final String AT = " @ ";

    /** Reads {@code "what"} or {@code "what @ lane"}. */
    public static Moment of(String text) {
        int at = text.indexOf(AT);
        return at < 0
                ? new Moment(text.strip(), null)
                : new Moment(
                        text.substring(0, at).strip(), text.substring(at + AT.length()).strip());
    }

    /** How orders name a kind of observation. */
    public static String name(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a task is meant that runs a step with this label. */
    boolean isStep(String label, String task) {
        return what.equals(label) && (lane == null || lane.equals(task));
    }

    /** Whether hardware's view of what a step stores is meant. */
    public boolean isOfStores() {
        return what.startsWith(STORES);
    }

    /** Label of the step, without what is meant of it. */
    public String step() {
        return isOfStores() ? what.substring(STORES.length()) : what;
    }

    /** Whether the stores of a step with this label are meant. */
    boolean isStoresOf(String label, String task) {
        return isOfStores() && step().equals(label) && (lane == null || lane.equals(task));
    }

    /** Whether it is about a step, and not about an observation. */
    public boolean isStep() {
        return what.indexOf('/') >= 0;
    }

    /** Whether an observation of this kind is meant, wherever it is made. */
    public boolean isOf(Kind kind) {
        return what.equals(name(kind));
    }

    @Override
    public String toString() {
        return lane == null ? what : what + AT + lane;
    }
}
