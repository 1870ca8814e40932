package svasim.explore;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import svasim.report.Namer;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.report.Times;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.trace.Kind;
import svasim.trace.Trace;
import svasim.trace.TraceListener;

/** Tells a failing run as numbered steps over lanes, up to what broke. */
final class Story implements TraceListener {
    /** Lines that are told at most; the last ones count. */
    private static final int LONGEST = 60;

    private static final Set<Kind> TOLD =
            EnumSet.of(
                    Kind.STEP,
                    Kind.SIGNAL,
                    Kind.INTERRUPT,
                    Kind.MM_EXITING,
                    Kind.FILE_RELEASED,
                    Kind.PASID_ALLOCATED,
                    Kind.PASID_FREED,
                    Kind.BOUND,
                    Kind.CUT,
                    Kind.DEVICE_STOPPED,
                    Kind.DRAINED,
                    Kind.UNBOUND,
                    Kind.PAGE_REQUESTED,
                    Kind.PAGE_REQUEST_QUEUED,
                    Kind.PAGE_REQUEST_ANSWERED,
                    Kind.PAGE_GROUP_ANSWERED,
                    Kind.INVALIDATION_SENT,
                    Kind.INVALIDATION_COMPLETED,
                    Kind.FRAME_FREED,
                    Kind.WORK_DONE,
                    Kind.VIOLATION);

    private final List<Seen> seen = new ArrayList<>();
    private Trace trace;
    private Namer namer;

    private Story() {}

    /** Runs the schedule once more and tells what happened. */
    static List<String> of(Attempts attempts, Schedule schedule) {
        Story story = new Story();
        attempts.run(schedule.choices(), story::attach);
        return story.lines();
    }

    private void attach(Simulation simulation) {
        trace = simulation.trace();
        namer = Runner.namer(simulation);
        trace.add(this);
    }

    @Override
    public boolean wants(Kind kind) {
        return TOLD.contains(kind);
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
        seen.add(new Seen(id, cause, timePs, kind, lane, a, b, c, subject));
    }

    private List<String> lines() {
        int end = firstViolation() + 1;
        int start = Math.max(0, end - LONGEST);
        List<String> lines = new ArrayList<>();
        if (start > 0) {
            lines.add("     (" + start + " steps before are left out)");
        }
        for (int i = start; i < end; i++) {
            Seen step = seen.get(i);
            lines.add(
                    String.format(
                            "%4d. %14s  %-12s %s",
                            i + 1,
                            Times.micros(step.timePs()),
                            trace.laneName(step.lane()),
                            Sentences.tell(step, namer)));
        }
        return lines;
    }

    private int firstViolation() {
        for (int i = 0; i < seen.size(); i++) {
            if (seen.get(i).kind() == Kind.VIOLATION) {
                return i;
            }
        }
        return seen.size() - 1;
    }
}
