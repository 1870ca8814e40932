package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import svasim.kernel.Kernel;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Everything that was observed in one run, and where it left the plain run. */
final class Chronicle implements TraceListener {
    private final List<Seen> seen = new ArrayList<>();
    private final Map<Long, Integer> positions = new HashMap<>();
    private final List<Mark> marks = new ArrayList<>();
    private Kernel kernel;
    private Trace trace;
    private Sentences sentences;

    /** Runs a schedule once more and writes everything down. */
    static Chronicle of(Attempts attempts, Schedule schedule) {
        Chronicle chronicle = new Chronicle();
        attempts.run(chronicle.marked(schedule.answers()), false, chronicle::attach);
        return chronicle;
    }

    private void attach(Simulation simulation) {
        kernel = simulation.kernel();
        trace = simulation.trace();
        sentences = Runner.sentences(simulation);
        trace.add(this);
    }

    private Answers marked(Answers inner) {
        return (source, occurrence, options) -> {
            int answer = inner.at(source, occurrence, options);
            if (answer != 0) {
                marks.add(mark(new Place(source, occurrence), answer));
            }
            return answer;
        };
    }

    private Mark mark(Place place, int answer) {
        return new Mark(place, answer, seen.size(), kernel.cause(), kernel.nowPs());
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
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
        positions.put(id, seen.size());
        seen.add(new Seen(id, cause, timePs, kind, lane, a, b, c, subject));
    }

    /** Observations in their order. */
    List<Seen> seen() {
        return seen;
    }

    /** Deviations in their order. */
    List<Mark> marks() {
        return marks;
    }

    Sentences sentences() {
        return sentences;
    }

    String laneName(Seen observation) {
        return trace.laneName(observation.lane());
    }

    /** Name of the lane of what caused an observation; its own if nothing did. */
    String causeName(Seen observation) {
        Seen cause = get(observation.cause());
        return laneName(cause == null ? observation : cause);
    }

    /** The observation itself or the nearest one of what led to it that fits, or null. */
    Seen nearest(long id, Predicate<Seen> fits) {
        Seen at = get(id);
        while (at != null && !fits.test(at)) {
            at = get(at.cause());
        }
        return at;
    }

    /** Numbers of all observations that led to one, and its own. */
    Set<Long> ancestors(long id) {
        Set<Long> ancestors = new HashSet<>();
        for (Seen at = get(id); at != null && ancestors.add(at.id()); at = get(at.cause())) {
            // Each one adds itself.
        }
        return ancestors;
    }

    private Seen get(long id) {
        Integer position = positions.get(id);
        return position == null ? null : seen.get(position);
    }
}
