package svasim.check;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.Kernel;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/**
 * Holds every invariant against the trace of one run. On by default; it changes nothing in the
 * machine, so that a run with it and a run without it are the same run.
 */
public final class Checker implements TraceListener, Docket {
    /** Observations kept for the story around a violation. */
    private static final int STORY = 24;

    private static final int KINDS = Kind.values().length;

    private final Kernel kernel;
    private final Trace trace;
    private final List<Invariant> invariants;

    /** Those that watch a kind, by its number. */
    private final Invariant[][] watchers;

    /** The last observations; the oldest one is used again for the next. */
    private final Observation[] recent = new Observation[STORY];

    private final List<Violation> violations = new ArrayList<>();
    private final Set<String> reported = new HashSet<>();
    private int recentCount;

    /** A checker of all invariants; add it to the trace before the machine starts. */
    public Checker(Kernel kernel, Trace trace, Probes probes, Bounds bounds) {
        this(kernel, trace, Catalogue.all(probes, bounds));
    }

    Checker(Kernel kernel, Trace trace, List<Invariant> invariants) {
        this.kernel = kernel;
        this.trace = trace;
        this.invariants = invariants;
        this.watchers = watchers(invariants);
        Arrays.setAll(recent, i -> new Observation());
    }

    private static Invariant[][] watchers(List<Invariant> invariants) {
        Invariant[][] watchers = new Invariant[KINDS][0];
        for (Invariant invariant : invariants) {
            for (Kind kind : invariant.watches()) {
                Invariant[] others = watchers[kind.ordinal()];
                Invariant[] all = Arrays.copyOf(others, others.length + 1);
                all[others.length] = invariant;
                watchers[kind.ordinal()] = all;
            }
        }
        return watchers;
    }

    @Override
    public boolean wants(Kind kind) {
        return watchers[kind.ordinal()].length > 0;
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
        Observation seen = recent[recentCount++ % STORY];
        seen.set(id, cause, timePs, kind, lane, a, b, c, subject);
        for (Invariant invariant : watchers[kind.ordinal()]) {
            invariant.on(seen, this);
        }
    }

    /** Lets the invariants that speak of the end be checked; call once, when the run is over. */
    public void atEnd() {
        invariants.forEach(invariant -> invariant.atEnd(this));
    }

    /** What was found broken, in the order of time; the same finding is reported once. */
    public List<Violation> violations() {
        return List.copyOf(violations);
    }

    @Override
    public void broken(Invariant invariant, Finding finding) {
        if (!reported.add(invariant.id() + finding)) {
            return;
        }
        Violation violation =
                new Violation(
                        invariant.id(), invariant.statement(), kernel.nowPs(), finding, story());
        violations.add(violation);
        trace.tell(
                Kind.VIOLATION,
                trace.lane("checker"),
                finding.pasid(),
                finding.frame(),
                finding.requesterId(),
                violation);
    }

    private List<Observation> story() {
        List<Observation> story = new ArrayList<>();
        for (int i = Math.max(0, recentCount - STORY); i < recentCount; i++) {
            story.add(recent[i % STORY].copy());
        }
        return story;
    }
}
