package svasim.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.scenario.Expect;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Follows the steps of software that a scenario expects, or expects not to see. */
final class StepsSeen implements TraceListener {
    private final Deque<String> missing;
    private final Set<String> never;
    private final Set<String> unwanted = new TreeSet<>();

    StepsSeen(Expect expect) {
        missing = new ArrayDeque<>(expect.steps());
        never = Set.copyOf(expect.never());
    }

    @Override
    public boolean wants(Kind kind) {
        return kind == Kind.STEP && !(missing.isEmpty() && never.isEmpty());
    }

    @Override
    public void on(
            long id,
            long cause,
            long timePs,
            Kind kind,
            int lane,
            long a,
            long b,
            long c,
            Object subject) {
        String label = (String) subject;
        if (label.equals(missing.peek())) {
            missing.remove();
        }
        if (never.contains(label)) {
            unwanted.add(label);
        }
    }

    /** Wanted steps from the first that did not run in its place. */
    List<String> missing() {
        return List.copyOf(missing);
    }

    /** Unwanted steps that ran, by name. */
    List<String> unwanted() {
        return List.copyOf(unwanted);
    }
}
