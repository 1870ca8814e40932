package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.memory.CacheConfig;
import svasim.memory.PhysicalMemory;
import svasim.memory.TaggedCache;
import svasim.paging.Access;
import svasim.paging.Walk;
import svasim.units.Picoseconds;

/** The pipeline with inquiries whose walk reads the word at their address, mostly once. */
class InquiryPipelineTest {
    private static final long PER_WALK_PS = 50_000;
    private static final long LOOKUP_PS = 2_000;
    private static final long WALK_PS = PER_WALK_PS + UnitBench.DRAM_PS;

    private static final int SHIFT = 12;

    /** Its walk has two reads. */
    private static final long SLOW = 0x8000;

    private final UnitBench bench = new UnitBench(new PhysicalMemory(0, 1 << 20));
    private final Surroundings around = bench.surroundings();
    private final TaggedCache cache = around.cache("results", CacheConfig.of(16, 4), 1);
    private final List<String> answers = new ArrayList<>();
    private int progress;

    /** Reads one word. */
    private static final class OneRead implements Walk {
        long address;
        long word;
        Step step;
        boolean repeated;

        @Override
        public Step next() {
            return step;
        }

        @Override
        public long address() {
            return address;
        }

        @Override
        public int bytes() {
            return Long.BYTES;
        }

        @Override
        public void data(long low, long high) {
            boolean again = address == SLOW && !repeated;
            repeated = again;
            word = low;
            step = again ? Step.READ : Step.DONE;
        }

        @Override
        public void unreadable() {
            step = Step.FAULT;
        }

        @Override
        public long expected() {
            return 0;
        }

        @Override
        public long replacement() {
            return 0;
        }

        @Override
        public void updated(boolean won) {
            throw new IllegalStateException();
        }
    }

    private final class Asking extends Inquiry {
        private final OneRead walk = new OneRead();
        private boolean done;
        private String result;

        @Override
        protected void begin() {
            done = false;
        }

        @Override
        protected Progress proceed(long nowPs) {
            int slot = cache.find(0, address());
            if (!done && slot != TaggedCache.MISS) {
                done = true;
                result = "hit " + cache.word(slot, 0);
            }
            if (!done) {
                walk.address = address();
                walk.step = Walk.Step.READ;
            }
            return done ? Progress.ANSWERED : Progress.WALK;
        }

        @Override
        protected Walk walk() {
            return walk;
        }

        @Override
        protected long mergeTag() {
            return 0;
        }

        @Override
        protected long mergeAddress() {
            return address();
        }

        @Override
        protected void walked(Walk.Step end) {
            done = true;
            result = end == Walk.Step.DONE ? "read " + walk.word : "fault";
            if (end == Walk.Step.DONE) {
                keep(cache.insert(0, address(), SHIFT, serial()), walk.word);
            }
        }
    }

    private void keep(int slot, long word) {
        if (slot != TaggedCache.MISS) {
            cache.word(slot, 0, word);
        }
    }

    private void cached(long address, long word) {
        keep(cache.insert(0, address, SHIFT), word);
    }

    private boolean isCached(long address) {
        return cache.peek(0, address) != TaggedCache.MISS;
    }

    private InquiryPipeline<Asking> pipeline(int walkers, int window) {
        return new InquiryPipeline<>(
                new WalkConfig(walkers, new Picoseconds(PER_WALK_PS), WalkReads.DRAM, window),
                around,
                Asking::new,
                (inquiry, nowPs) -> answers.add(inquiry.result + " @" + nowPs),
                () -> progress++);
    }

    private void ask(InquiryPipeline<Asking> pipeline, long address, int access) {
        Asking inquiry = pipeline.open();
        inquiry.ask(1, -1, address, access);
        pipeline.submit(inquiry, LOOKUP_PS);
    }

    @Test
    void shouldAnswerAfterLookupOverheadAndOneRead() {
        bench.memory.writeLong(0x1000, 7);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        bench.settle();

        assertEquals(List.of("read 7 @" + (LOOKUP_PS + WALK_PS)), answers);
        assertEquals(0, pipeline.underWay());
        assertEquals(1, progress);
    }

    @Test
    void shouldLetWalksWaitForAFreeWalker() {
        InquiryPipeline<Asking> pipeline = pipeline(2, 0);
        for (int i = 0; i < 3; i++) {
            ask(pipeline, 0x1000 * (i + 1), Access.READ);
        }
        bench.settle();

        long firstPs = LOOKUP_PS + WALK_PS;
        assertTrue(answeredPs(1) < firstPs + PER_WALK_PS, "beside the first");
        assertEquals(firstPs + WALK_PS, answeredPs(2), "after the first");
    }

    private long answeredPs(int index) {
        return Long.parseLong(answers.get(index).substring(answers.get(index).indexOf('@') + 1));
    }

    @Test
    void shouldShareTheWalkOfOnePage() {
        InquiryPipeline<Asking> pipeline = pipeline(4, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x1000, Access.READ);
        bench.settle();

        assertEquals(1, bench.counter("walk.count"));
        assertTrue(answers.get(1).startsWith("hit"));
    }

    @Test
    void shouldRepeatTheWalkForAFollowerWhenNothingWasFilled() {
        InquiryPipeline<Asking> pipeline = pipeline(4, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x1000, Access.READ);
        bench.kernel.run(LOOKUP_PS, Long.MAX_VALUE);
        cache.invalidate(0, TaggedCache.EXACT, 0x1000, SHIFT);
        long point = pipeline.drainPoint();
        assertFalse(pipeline.drained(point));
        bench.settle();

        assertEquals(2, bench.counter("walk.count"));
        assertTrue(pipeline.drained(point));
        assertFalse(isCached(0x1000), "both had begun before");
    }

    @Test
    void shouldShareTheWalkAndItsResultWhenAnotherPageIsInvalidated() {
        InquiryPipeline<Asking> pipeline = pipeline(4, 0);
        ask(pipeline, 0x1000, Access.READ);
        bench.kernel.run(LOOKUP_PS, Long.MAX_VALUE);
        cache.invalidate(0, TaggedCache.EXACT, 0x2000, SHIFT);
        pipeline.drainPoint();
        ask(pipeline, 0x1000, Access.READ);
        bench.settle();

        assertEquals(1, bench.counter("walk.count"));
        assertTrue(answers.get(1).startsWith("hit"));
        assertTrue(isCached(0x1000));
    }

    @Test
    void shouldKeepWhatTheNextWalkReadsAfterAnInvalidation() {
        InquiryPipeline<Asking> pipeline = pipeline(4, 0);
        ask(pipeline, 0x1000, Access.READ);
        bench.kernel.run(LOOKUP_PS, Long.MAX_VALUE);
        cache.invalidate(0, TaggedCache.EXACT, 0x1000, SHIFT);
        bench.memory.writeLong(0x1000, 8);
        ask(pipeline, 0x1000, Access.READ);
        bench.settle();

        assertEquals(8, cache.word(cache.peek(0, 0x1000), 0));
    }

    @Test
    void shouldNotWaitForInquiriesThatComeAfterTheDrainPoint() {
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        long point = pipeline.drainPoint();
        ask(pipeline, 0x1000, Access.READ);

        assertTrue(pipeline.drained(point));
    }

    @Test
    void shouldReleaseReadsInOrderAndLetWritesPass() {
        cached(0x2000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(4, 8);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        ask(pipeline, 0x2000, Access.WRITE);
        bench.settle();

        assertEquals("hit 9 @" + LOOKUP_PS, answers.get(0), "the write");
        assertEquals("read 0 @" + (LOOKUP_PS + WALK_PS), answers.get(1));
        assertEquals("hit 9 @" + (LOOKUP_PS + WALK_PS), answers.get(2));
    }

    @Test
    void shouldHoldReadsOutsideTheWindow() {
        cached(0x2000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(4, 1);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        bench.settle();

        assertEquals("hit 9 @" + (LOOKUP_PS + WALK_PS + LOOKUP_PS), answers.get(1));
    }

    @Test
    void shouldLetHitsPassMissesThatHaveAWalker() {
        cached(0x2000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        bench.settle();

        assertEquals(List.of("hit 9 @" + LOOKUP_PS, "read 0 @" + (LOOKUP_PS + WALK_PS)), answers);
    }

    @Test
    void shouldHoldEverybodyBehindAMissWithoutWalker() {
        cached(0x3000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.WRITE);
        ask(pipeline, 0x3000, Access.WRITE);
        bench.settle();

        assertEquals("hit 9 @" + (LOOKUP_PS + WALK_PS), answers.get(1));
        assertEquals("read 0 @" + (LOOKUP_PS + 2 * WALK_PS), answers.get(2));
    }

    /** Who waits behind a miss has seen no cache yet, so that an invalidation need not wait. */
    @Test
    void shouldLookUpAfterAnInvalidationWhoWaitedBehindAMiss() {
        cached(0x3000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        ask(pipeline, 0x3000, Access.READ);
        bench.kernel.run(LOOKUP_PS, Long.MAX_VALUE);
        cache.invalidate(0, TaggedCache.EXACT, 0x3000, SHIFT);
        long point = pipeline.drainPoint();
        bench.kernel.run(LOOKUP_PS + 2 * WALK_PS, Long.MAX_VALUE);

        assertTrue(pipeline.drained(point));
        assertEquals(2, answers.size());
        bench.settle();
        assertEquals("read 0 @" + (LOOKUP_PS + 3 * WALK_PS), answers.get(2));
    }

    @Test
    void shouldKeepAWalkerUntilItsTranslationIsReleased() {
        InquiryPipeline<Asking> pipeline = pipeline(2, 8);
        ask(pipeline, SLOW, Access.READ);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        bench.settle();

        long slowPs = answeredPs(0);
        assertTrue(slowPs > LOOKUP_PS + WALK_PS);
        assertEquals(slowPs, answeredPs(1), "walked before, released behind the slow one");
        assertEquals(slowPs + WALK_PS, answeredPs(2), "no walker was free until then");
    }

    @Test
    void shouldAnswerTheSameAtOnce() {
        bench.memory.writeLong(0x1000, 7);
        Asking inquiry = new Asking();
        inquiry.ask(1, -1, 0x1000, Access.READ);
        inquiry.answerAtOnce(bench.memory);

        assertEquals("read 7", inquiry.result);
    }
}
