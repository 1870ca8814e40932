package svasim.iommu.core;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;
import org.HdrHistogram.Histogram;
import svasim.kernel.EventHandler;
import svasim.kernel.Kernel;
import svasim.memory.FillGuard;
import svasim.paging.Access;
import svasim.paging.Walk;
import svasim.pcie.fabric.Accesses;
import svasim.stats.Counter;

/**
 * Takes inquiries through caches and walks over simulated time: a look-up latency, walks in
 * parallel up to the number of walkers, inquiries for what is being walked already waiting for that
 * walk. Hits pass misses that have a walker; behind a miss that waits for one, everybody waits.
 *
 * <p>An invalidation calls {@link #drainPoint} after it has removed cache entries: what the
 * inquiries under way have read may be old. The caches keep nothing of it that was invalidated (see
 * {@link FillGuard}), and {@link #drained} tells when the last of them has been answered.
 *
 * @param <I> the architecture's inquiry
 */
public final class InquiryPipeline<I extends Inquiry> implements EventHandler {
    /** Takes inquiries back when they are answered. */
    @FunctionalInterface
    public interface Answers<I> {
        /** The inquiry may not be kept: it is reused. */
        void answered(I inquiry, long nowPs);
    }

    private final Kernel kernel;
    private final FillGuard fills;
    private final WalkEngine engine;
    private final Answers<I> answers;
    private final Supplier<I> maker;
    private final Runnable progress;

    /** Null if answers are given in any order. */
    private final ReleaseOrder<I> order;

    /** Every inquiry ever made, by number. */
    private final List<I> pool = new ArrayList<>();

    private final Deque<I> free = new ArrayDeque<>();

    /** Their look-up is due, but a miss before them waits for a walker. */
    private final Deque<I> entrance = new ArrayDeque<>();

    /** Looked up at least once and not yet answered. */
    private final BeginOrder begun = new BeginOrder();

    /** Those of them that have a walk, running or waiting for a walker. */
    private final List<I> walking = new ArrayList<>();

    private final Deque<I> waitingForWalker = new ArrayDeque<>();
    private final List<I> walkOf = new ArrayList<>();
    private final RequestTrace trace;
    private final Counter requests;
    private final Counter merged;
    private final Histogram latency;
    private int submitted;

    /** Walkers whose walk has ended, but whose answer is not given yet. */
    private int holding;

    private Accesses accesses = Accesses.IMMEDIATE;

    /** Number of the inquiry that has begun last. */
    private long lastBegun;

    /** Drain points whose accesses are waited for, and have been carried out. */
    private long awaited;

    private long carriedOut;

    /**
     * @param maker makes inquiries for the pool
     * @param answers is told of each answer
     * @param progress called after each answer, for those who wait for {@link #drained}
     */
    public InquiryPipeline(
            WalkConfig config,
            Surroundings around,
            Supplier<I> maker,
            Answers<I> answers,
            Runnable progress) {
        this.kernel = around.kernel();
        this.fills = around.fills();
        this.engine = new WalkEngine(config, around, this::walkEnded);
        this.maker = maker;
        this.answers = answers;
        this.progress = progress;
        this.order =
                config.inOrderWindow() == 0 ? null : new ReleaseOrder<>(config.inOrderWindow());
        for (int walker = 0; walker < config.walkers(); walker++) {
            walkOf.add(null);
        }
        trace = new RequestTrace(around);
        String name = around.name();
        requests = around.statistics().counter(name + ".requests", "questions about addresses");
        merged =
                around.statistics()
                        .counter(name + ".walk.merged", "requests that waited for another's walk");
        latency =
                around.statistics()
                        .latency(name + ".latency.ps", "from a request to the unit's answer");
    }

    /** An inquiry to fill in and {@link #submit}. */
    public I open() {
        if (!free.isEmpty()) {
            return free.pop();
        }
        I inquiry = maker.get();
        inquiry.number = pool.size();
        pool.add(inquiry);
        return inquiry;
    }

    /** Starts an inquiry; it looks into the caches after the given time. */
    public void submit(I inquiry, long lookupPs) {
        requests.increment();
        submitted++;
        inquiry.arrivedPs = kernel.nowPs();
        inquiry.lookupPs = lookupPs;
        if (order == null || !ordered(inquiry) || order.admit(inquiry)) {
            kernel.after(lookupPs, this, 0, inquiry.number);
        }
    }

    /** The inquiries that have begun by now, for {@link #drained}. */
    public long drainPoint() {
        return lastBegun;
    }

    /** Hands over what comes after the unit: accesses that were let through. */
    public void watch(Accesses behindTheUnit) {
        accesses = behindTheUnit;
    }

    /**
     * Whether every inquiry from before the drain point has been answered, and every access that
     * was let through by the answers has been carried out.
     */
    public boolean drained(long drainPoint) {
        if (drainPoint <= carriedOut) {
            return true;
        }
        if (!begun.isEmpty() && begun.oldest() <= drainPoint) {
            return false;
        }
        if (drainPoint > awaited) {
            awaited = drainPoint;
            accesses.whenCarriedOut(() -> carriedOut(drainPoint));
        }
        return drainPoint <= carriedOut;
    }

    private void carriedOut(long drainPoint) {
        carriedOut = Math.max(carriedOut, drainPoint);
        progress.run();
    }

    /** Inquiries that have not been answered. */
    public int underWay() {
        return submitted;
    }

    /** The inquiry's look-up latency is over. */
    @Override
    public void handle(long nowPs, int kind, long data) {
        entrance.add(pool.get((int) data));
        enter(nowPs);
    }

    /** Looks up in the order of arrival until a miss finds no walker. */
    private void enter(long nowPs) {
        while (!entrance.isEmpty() && waitingForWalker.isEmpty()) {
            I inquiry = entrance.remove();
            lastBegun = fills.begin();
            inquiry.serial = lastBegun;
            begun.add(inquiry);
            advance(inquiry, nowPs);
        }
    }

    private void advance(I inquiry, long nowPs) {
        if (inquiry.proceed(nowPs) == Inquiry.Progress.ANSWERED) {
            answer(inquiry, nowPs);
            return;
        }
        trace.missed(inquiry);
        inquiry.walkTag = inquiry.mergeTag();
        inquiry.walkAddress = inquiry.mergeAddress();
        I owner = ownerOfSameWalk(inquiry);
        if (owner != null) {
            merged.increment();
            owner.followers.add(inquiry);
            return;
        }
        walking.add(inquiry);
        waitingForWalker.add(inquiry);
        startWalks();
    }

    private I ownerOfSameWalk(I inquiry) {
        for (I owner : walking) {
            if (owner.walkTag == inquiry.walkTag && owner.walkAddress == inquiry.walkAddress) {
                return owner;
            }
        }
        return null;
    }

    private void startWalks() {
        while (!waitingForWalker.isEmpty() && engine.freeWalkers() > holding) {
            I inquiry = waitingForWalker.remove();
            walkOf.set(engine.start(inquiry.walk(), inquiry.walkDelayPs()), inquiry);
        }
    }

    private void walkEnded(int walker, Walk.Step end, long nowPs) {
        I inquiry = walkOf.set(walker, null);
        walking.remove(inquiry);
        inquiry.walked(end);
        int followers = inquiry.followers.size();
        Deque<Inquiry> waiting = inquiry.followers;
        advance(inquiry, nowPs);
        if (inquiry.answered && !inquiry.delivered) {
            inquiry.holdsWalker = true;
            holding++;
        }
        wake(waiting, followers, nowPs);
        startWalks();
        enter(nowPs);
    }

    /** The first {@code count} of a queue; an answered inquiry may get new followers meanwhile. */
    private void wake(Deque<Inquiry> waiting, int count, long nowPs) {
        for (int i = 0; i < count; i++) {
            advance(pool.get(waiting.remove().number), nowPs);
        }
    }

    private void answer(I inquiry, long nowPs) {
        inquiry.answered = true;
        if (order == null || !ordered(inquiry)) {
            deliver(inquiry, nowPs);
            return;
        }
        for (I next = order.released(); next != null; next = order.released()) {
            deliver(next, nowPs);
        }
        for (I next = order.admitted(); next != null; next = order.admitted()) {
            kernel.after(next.lookupPs, this, 0, next.number);
        }
    }

    private void deliver(I inquiry, long nowPs) {
        begun.remove(inquiry);
        if (begun.isEmpty()) {
            fills.idle();
        } else {
            fills.ended(begun.oldest());
        }
        submitted--;
        inquiry.delivered = true;
        if (inquiry.holdsWalker) {
            inquiry.holdsWalker = false;
            holding--;
        }
        latency.recordValue(nowPs - inquiry.arrivedPs);
        answers.answered(inquiry, nowPs);
        free.push(inquiry);
        progress.run();
    }

    /** Posted writes and ATS traffic are not held behind earlier misses. */
    private boolean ordered(I inquiry) {
        return inquiry.kind() == RequestKind.UNTRANSLATED && !inquiry.wants(Access.WRITE);
    }
}
