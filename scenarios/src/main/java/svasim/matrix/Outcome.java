package svasim.matrix;

import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import svasim.check.Violation;
import svasim.run.RunResult;

/**
 * What became of one scenario under one policy on one machine.
 *
 * @param kind how it ended
 * @param words invariants that broke, what ended otherwise than expected, or why it does not apply
 */
public record Outcome(Kind kind, String words) {
    /** How a run ended. */
    public enum Kind {
        /** Everything as the scenario expects, and no invariant is broken. */
        GOOD,
        /** Invariants are broken. */
        BREAKS,
        /** No invariant is broken, but an expectation does not hold. */
        DIFFERS,
        /** Somebody waits for ever, or the run was cut off at a limit. */
        STUCK,
        /** An attack has come to nothing. */
        STOPPED,
        /** An attack has reached what it was after. */
        SUCCEEDS,
        /** The machine cannot be built so, or refuses every bind. */
        NOT_APPLICABLE
    }

    private static final Pattern EXPECTATION = Pattern.compile("expect\\.([a-z]+)");

    static final Outcome GOOD = new Outcome(Kind.GOOD, "");

    static Outcome notApplicable(String reason) {
        return new Outcome(Kind.NOT_APPLICABLE, reason);
    }

    /**
     * @param binds what the run bound and refused
     */
    static Outcome of(RunResult result, Binds binds) {
        if (binds.allRefused() && !result.good()) {
            return notApplicable(binds.reason());
        }
        if (!result.violations().isEmpty()) {
            return new Outcome(Kind.BREAKS, ids(result.violations()));
        }
        if (!result.complete() || !result.waitingFor().isEmpty()) {
            return new Outcome(Kind.STUCK, first(result.waitingFor(), "cut off at a limit"));
        }
        return result.broken().isEmpty() ? GOOD : new Outcome(Kind.DIFFERS, result.broken().get(0));
    }

    private static String ids(List<Violation> violations) {
        TreeSet<String> ids = new TreeSet<>();
        violations.forEach(violation -> ids.add(violation.invariant()));
        return String.join(" ", ids);
    }

    private static String first(List<String> lines, String otherwise) {
        return lines.isEmpty() ? otherwise : lines.get(0);
    }

    /** One word, the invariants, or what is otherwise than expected. */
    public String cell() {
        return switch (kind) {
            case GOOD -> "good";
            case BREAKS -> words;
            case STOPPED -> "stopped";
            case SUCCEEDS -> "SUCCEEDS: " + words;
            case DIFFERS -> "other " + topic();
            case STUCK -> "stuck";
            case NOT_APPLICABLE -> "n/a";
        };
    }

    /** The expectation that does not hold: {@code pasid} of {@code expect.pasid.app: ...}. */
    private String topic() {
        Matcher matcher = EXPECTATION.matcher(words);
        return matcher.lookingAt() ? matcher.group(1) : "failures";
    }

    /** Whether there is more to say than the cell does. */
    boolean hasNote() {
        return kind == Kind.DIFFERS || kind == Kind.STUCK;
    }
}
