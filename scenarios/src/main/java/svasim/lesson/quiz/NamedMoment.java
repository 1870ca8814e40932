package svasim.lesson.quiz;

import svasim.os.task.Moment;
import svasim.report.Seen;
import svasim.trace.Kind;

/** A moment that a lesson names, as it is known again in a run. */
public record NamedMoment(Moment moment) {
    /** From its text, as in orders. */
    public static NamedMoment of(String text) {
        return new NamedMoment(Moment.of(text));
    }

    /**
     * Whether an observation is such a moment.
     *
     * @param lane where it was made
     */
    public boolean is(Seen seen, String lane) {
        boolean fits =
                moment.isStep()
                        ? seen.kind() == Kind.STEP
                                && moment.what().equals(String.valueOf(seen.subject()))
                        : moment.isOf(seen.kind());
        return fits && (moment.lane() == null || moment.lane().equals(lane));
    }
}
