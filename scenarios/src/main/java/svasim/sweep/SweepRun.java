package svasim.sweep;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs the points of a plan, several at once; what comes out does not depend on how many. */
public final class SweepRun {
    private final PointRun points;
    private final Store store;
    private final Stop stop;
    private final Listener listener;

    /** Ends a sweep before all its points have been run. */
    public interface Stop {
        /** Whether nothing new is to be begun. */
        boolean isRequested();

        /** Begins nothing new, and stops what runs. */
        void request();
    }

    /** Is told of each point as it ends, one at a time, in the order of their ends. */
    public interface Listener {
        /**
         * @param fresh whether it has been run now
         */
        void ended(Outcome outcome, boolean fresh);
    }

    /**
     * What became of a point.
     *
     * @param result null if it was stopped, or there is a problem
     * @param problem the user's mistake, our bug, or what kept the result from being written; null
     *     else
     */
    public record Outcome(Point point, PointResult result, Throwable problem) {}

    public SweepRun(PointRun points, Store store, Stop stop, Listener listener) {
        this.points = points;
        this.store = store;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * Runs each configuration once, also if several points have it. Where one cannot be written,
     * the others could not either: the sweep is stopped.
     *
     * @param jobs runs at once
     * @return in the order of the plan
     */
    public List<Outcome> run(Plan plan, int jobs) {
        ExecutorService threads = Executors.newFixedThreadPool(jobs);
        try {
            Map<String, Future<Outcome>> runs = new LinkedHashMap<>();
            for (Point point : plan.points()) {
                runs.computeIfAbsent(point.hash(), hash -> threads.submit(() -> run(point)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (Point point : plan.points()) {
                Outcome one = get(runs.get(point.hash()));
                boolean same = one.point().equals(point);
                Outcome outcome = same ? one : new Outcome(point, one.result(), one.problem());
                if (!same) {
                    tell(outcome, false);
                }
                outcomes.add(outcome);
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome run(Point point) {
        if (stop.isRequested()) {
            return new Outcome(point, null, null);
        }
        boolean fresh = !store.has(point.hash());
        Outcome outcome;
        try {
            outcome = new Outcome(point, points.run(point), null);
        } catch (IOException e) {
            stop.request();
            outcome = new Outcome(point, null, e);
        } catch (RuntimeException | Error e) { // also where the memory or stack of one run ends
            outcome = new Outcome(point, null, e);
        }
        if (outcome.result() != null || outcome.problem() != null) {
            tell(outcome, fresh);
        }
        return outcome;
    }

    private synchronized void tell(Outcome outcome, boolean fresh) {
        listener.ended(outcome, fresh);
    }

    private static Outcome get(Future<Outcome> run) {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("sweep: interrupted", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("sweep", e.getCause());
        }
    }
}
