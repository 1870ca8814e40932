package svasim.iommu.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import svasim.kernel.EventHandler;
import svasim.stats.Counter;

/**
 * Takes inquiries through caches and walks over simulated time: a look-up latency, walks in
 * parallel up to the number of walkers, inquiries for what is being walked already waiting for that
 * walk.
 *
 * <p>An invalidation calls {@link #drainPoint} after it has removed cache entries: what the
 * inquiries under way have read may be old, so that they fill no cache any more, nobody waits for
 * their walks, and {@link #drained} tells when the last of them has been answered.
 *
 * @param <I> the architecture's inquiry
 */
public final class InquiryPipeline<I extends Inquiry> implements EventHandler {
    static final int NO_WALKER = -1;

    private static final int LOOKED_UP = 0;

    /** Takes inquiries back when they are answered. */
    @FunctionalInterface
    public interface Answers<I> {
        /** The inquiry may not be kept: it is reused. */
        void answered(I inquiry, long nowPs);
    }

    private final Surroundings surroundings;
    private final WalkEngine engine;
    private final Answers<I> answers;
    private final Supplier<I> maker;
    private final Runnable progress;
    private final List<I> inquiries = new ArrayList<>();
    private final Deque<I> free = new ArrayDeque<>();
    private final Counter requests;
    private final Histogram latency;
    private long lastSequence;

    /**
     * @param maker makes inquiries for the pool
     * @param answers is told of each answer
     * @param progress called after each answer, for those who wait for {@link #drained}
     */
    public InquiryPipeline(
            WalkConfig config,
            Surroundings surroundings,
            Supplier<I> maker,
            Answers<I> answers,
            Runnable progress) {
        this.surroundings = surroundings;
        this.engine = new WalkEngine(config, surroundings);
        this.maker = maker;
        this.answers = answers;
        this.progress = progress;
        this.requests = null;
        this.latency = null;
    }

    /** An inquiry to fill in and {@link #submit}. */
    public I open() {
        return free.isEmpty() ? maker.get() : free.pop();
    }

    /** Starts an inquiry; it looks into the caches after the given time. */
    public void submit(I inquiry, long lookupPs) {
        throw new UnsupportedOperationException();
    }

    /** Makes the inquiries under way stale; the result is for {@link #drained}. */
    public long drainPoint() {
        return lastSequence;
    }

    /** Whether every inquiry from before the drain point has been answered. */
    public boolean drained(long drainPoint) {
        return true;
    }

    /** Inquiries that have not been answered. */
    public int underWay() {
        return inquiries.size();
    }

    @Override
    public void handle(long nowPs, int kind, long data) {}
}
