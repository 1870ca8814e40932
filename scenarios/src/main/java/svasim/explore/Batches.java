package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the runs that a strategy proposes, several at once, and looks at them in the order of
 * proposing, so that the number of threads decides nothing but the time.
 */
final class Batches implements AutoCloseable {
    private static final int RUNS_PER_THREAD = 8;

    private final Attempts attempts;
    private final Search search;
    private final Watch watch;
    private final ExecutorService threads;
    private final long deadline;
    private int runs;
    private boolean over;

    Batches(Attempts attempts, Search search, Watch watch) {
        this.watch = watch;
        this.attempts = attempts;
        this.search = search;
        this.threads = Executors.newFixedThreadPool(search.jobs(), Batches::daemon);
        this.deadline =
                search.limit() == null
                        ? Long.MAX_VALUE
                        : System.nanoTime() + search.limit().toNanos();
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "explorer");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * The first of the proposed runs that fails; null if none does before the search is given up.
     */
    Attempt firstFailing(Strategy strategy) {
        while (!over && goesOn()) {
            for (Attempt attempt : runAll(proposed(strategy), strategy.learns())) {
                runs++;
                if (attempt.failed()) {
                    return attempt;
                }
                strategy.learn(attempt);
            }
            watch.ended(runs + 1);
        }
        return null;
    }

    private boolean goesOn() {
        return runs + 1 < search.runs() && System.nanoTime() < deadline && !watch.isOver();
    }

    /** Runs up to the one that failed; what others did at the same time does not count. */
    int runs() {
        return runs;
    }

    /** Whether the strategy had nothing more to propose. */
    boolean isOver() {
        return over;
    }

    private List<Answers> proposed(Strategy strategy) {
        int most = search.jobs() == 1 ? 1 : search.jobs() * RUNS_PER_THREAD;
        List<Answers> batch = new ArrayList<>();
        while (batch.size() < most && runs + 1 + batch.size() < search.runs()) {
            Answers next = strategy.next();
            if (next == null) {
                break;
            }
            batch.add(next);
        }
        over = batch.isEmpty();
        return batch;
    }

    private List<Attempt> runAll(List<Answers> batch, boolean all) {
        List<Callable<Attempt>> work = new ArrayList<>();
        batch.forEach(answers -> work.add(() -> attempts.run(answers, all)));
        try {
            List<Attempt> done = new ArrayList<>();
            for (Future<Attempt> run : threads.invokeAll(work)) {
                done.add(run.get());
            }
            return done;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("explorer: interrupted", e);
        } catch (ExecutionException e) {
            throw rethrown(e.getCause());
        }
    }

    /** As if the run had been made by this thread. */
    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
