package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.memory.PhysicalMemory;
import svasim.paging.Access;
import svasim.paging.Walk;
import svasim.units.Picoseconds;

/** The pipeline with inquiries whose walk reads the word at their address, mostly once. */
class InquiryPipelineTest {
    private static final long PER_WALK_PS = 50_000;
    private static final long LOOKUP_PS = 2_000;
    private static final long WALK_PS = PER_WALK_PS + UnitBench.DRAM_PS;

    /** Its walk has two reads. */
    private static final long SLOW = 0x8000;

    private final UnitBench bench = new UnitBench(new PhysicalMemory(0, 1 << 20));
    private final Map<Long, Long> cache = new HashMap<>();
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
            Long cached = cache.get(address());
            if (!done && cached != null) {
                done = true;
                result = "hit " + cached;
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
        protected void walked(Walk.Step end, boolean mayFill) {
            done = true;
            result = end == Walk.Step.DONE ? "read " + walk.word : "fault";
            if (mayFill && end == Walk.Step.DONE) {
                cache.put(address(), walk.word);
            }
        }
    }

    private InquiryPipeline<Asking> pipeline(int walkers, int window) {
        return new InquiryPipeline<>(
                new WalkConfig(walkers, new Picoseconds(PER_WALK_PS), WalkReads.DRAM, window),
                bench.surroundings(),
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
        long point = pipeline.drainPoint();
        assertFalse(pipeline.drained(point));
        bench.settle();

        assertEquals(2, bench.counter("walk.count"));
        assertTrue(pipeline.drained(point));
        assertEquals(Map.of(), cache);
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
        cache.put(0x2000L, 9L);
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
        cache.put(0x2000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(4, 1);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        bench.settle();

        assertEquals("hit 9 @" + (LOOKUP_PS + WALK_PS + LOOKUP_PS), answers.get(1));
    }

    @Test
    void shouldLetHitsPassMissesThatHaveAWalker() {
        cache.put(0x2000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        bench.settle();

        assertEquals(List.of("hit 9 @" + LOOKUP_PS, "read 0 @" + (LOOKUP_PS + WALK_PS)), answers);
    }

    @Test
    void shouldHoldEverybodyBehindAMissWithoutWalker() {
        cache.put(0x3000L, 9L);
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
        cache.put(0x3000L, 9L);
        InquiryPipeline<Asking> pipeline = pipeline(1, 0);
        ask(pipeline, 0x1000, Access.READ);
        ask(pipeline, 0x2000, Access.READ);
        ask(pipeline, 0x3000, Access.READ);
        bench.kernel.run(LOOKUP_PS, Long.MAX_VALUE);
        cache.remove(0x3000L);
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
        assertEquals(Map.of(), cache);
    }
}
