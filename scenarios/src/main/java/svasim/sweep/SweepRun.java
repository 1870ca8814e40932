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
import java.util.function.BooleanSupplier;

/** Runs the points of a plan, several at once; what comes out does not depend on how many. */
public final class SweepRun {
    private final PointRun points;
    private final Store store;
    private final BooleanSupplier stop;
    private final Listener listener;

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
     * @param result null if it was stopped, or a mistake or bug kept it from running
     * @param problem the mistake or bug; null else
     */
    public record Outcome(Point point, PointResult result, RuntimeException problem) {}

    /**
     * @param stop whether nothing new is to be begun
     */
    public SweepRun(PointRun points, Store store, BooleanSupplier stop, Listener listener) {
        this.points = points;
        this.store = store;
        this.stop = stop;
        this.listener = listener;
    }

    /**
     * Runs each configuration once, also if several points have it.
     *
     * @param jobs runs at once
     * @return in the order of the plan
     */
    public List<Outcome> run(Plan plan, int jobs) throws IOException {
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

    private Outcome run(Point point) throws IOException {
        if (stop.getAsBoolean()) {
            return new Outcome(point, null, null);
        }
        boolean fresh = !store.has(point.hash());
        Outcome outcome;
        try {
            outcome = new Outcome(point, points.run(point), null);
        } catch (RuntimeException e) {
            outcome = new Outcome(point, null, e);
        }
        tell(outcome, fresh);
        return outcome;
    }

    private synchronized void tell(Outcome outcome, boolean fresh) {
        listener.ended(outcome, fresh);
    }

    private static Outcome get(Future<Outcome> run) throws IOException {
        try {
            return run.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("sweep: interrupted", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException("sweep", e.getCause());
        }
    }
}
