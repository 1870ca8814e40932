package svasim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The timing wheel against a sorted set, over times that touch each of its levels. */
class EventQueueTest {
    private static final int NONE = -1;

    private static final EventHandler NOBODY = (nowPs, kind, data) -> {};

    /**
     * What a user of the queue does next.
     *
     * @param takes events to take first
     * @param limitPs how far from the present the takes may go
     * @param delayPs how far from the present the event lies that is added then
     * @param copies how many events are added for that time
     */
    private record Move(int takes, long limitPs, long delayPs, int copies) {}

    private record Filed(long timePs, long order) {}

    @Property(tries = 2_000, seed = "42", edgeCases = EdgeCasesMode.NONE)
    void shouldTakeEventsInOrderOfTimeAndThenOfAdding(@ForAll("moves") List<Move> moves) {
        var queue = new EventQueue(1);
        var model =
                new TreeSet<>(Comparator.comparingLong(Filed::timePs).thenComparing(Filed::order));
        long nowPs = 0;
        long added = 0;
        for (Move move : moves) {
            long limitPs = saturated(nowPs, move.limitPs());
            for (int i = 0; i < move.takes(); i++) {
                nowPs = takeFromBoth(queue, model, limitPs, nowPs);
            }
            long timePs = saturated(nowPs, move.delayPs());
            for (int i = 0; i < move.copies(); i++) {
                queue.add(timePs, NOBODY, 0, added, 0);
                model.add(new Filed(timePs, added++));
            }
            assertEquals(model.size(), queue.size());
        }
        while (!model.isEmpty()) {
            nowPs = takeFromBoth(queue, model, Long.MAX_VALUE, nowPs);
        }
        assertEquals(NONE, queue.take(Long.MAX_VALUE));
    }

    private static long takeFromBoth(
            EventQueue queue, TreeSet<Filed> model, long limitPs, long nowPs) {
        int event = queue.take(limitPs);
        if (model.isEmpty() || model.first().timePs() > limitPs) {
            assertEquals(NONE, event);
            return model.isEmpty() ? nowPs : limitPs;
        }
        Filed expected = model.pollFirst();
        assertEquals(expected, new Filed(queue.timePs(event), queue.data(event)));
        return expected.timePs();
    }

    private static long saturated(long nowPs, long delayPs) {
        long sum = nowPs + delayPs;
        return sum < 0 ? Long.MAX_VALUE : sum;
    }

    @Provide
    Arbitrary<List<Move>> moves() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        delays(),
                        delays(),
                        Arbitraries.integers().between(0, 3))
                .as(Move::new)
                .list()
                .ofMaxSize(60);
    }

    /** Each magnitude as likely as any other, and the edges of the wheel's slots in particular. */
    private static Arbitrary<Long> delays() {
        Arbitrary<Integer> bits = Arbitraries.integers().between(0, 62);
        return Arbitraries.oneOf(
                bits.flatMap(b -> Arbitraries.longs().between(0, (1L << b) - 1)),
                bits.map(b -> 1L << b),
                bits.map(b -> (1L << b) - 1),
                Arbitraries.of(0L, 1L, Long.MAX_VALUE));
    }

    @Test
    void shouldKeepOrderOfAddingAmongEventsFiledFromDifferentDistances() {
        var queue = new EventQueue(4);
        queue.add(100_000, NOBODY, 0, 1, 0);
        queue.add(99_999, NOBODY, 0, 0, 0);

        queue.take(Long.MAX_VALUE);
        queue.add(100_000, NOBODY, 0, 2, 0);

        assertEquals(List.of(1L, 2L), drain(queue));
    }

    @Test
    void shouldAcceptAnEventBeforeOneThatWasLookedForInVain() {
        var queue = new EventQueue(4);
        queue.add(10_000, NOBODY, 0, 2, 0);

        assertEquals(NONE, queue.take(9_999));
        queue.add(9_999, NOBODY, 0, 1, 0);

        assertEquals(List.of(1L, 2L), drain(queue));
    }

    @Test
    void shouldKeepEveryFieldOfAnEventWhileItGrows() {
        var queue = new EventQueue(1);
        List<EventHandler> handlers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            handlers.add((nowPs, kind, data) -> assertEquals(number, kind));
            queue.add(1_000L - i, handlers.get(i), i, -i, 7L * i);
        }
        for (int i = 99; i >= 0; i--) {
            int event = queue.take(Long.MAX_VALUE);
            assertEquals(1_000L - i, queue.timePs(event));
            assertEquals(handlers.get(i), queue.handler(event));
            assertEquals(i, queue.kind(event));
            assertEquals(-i, queue.data(event));
            assertEquals(7L * i, queue.cause(event));
        }
    }

    private static List<Long> drain(EventQueue queue) {
        List<Long> data = new ArrayList<>();
        for (int event = queue.take(Long.MAX_VALUE);
                event != NONE;
                event = queue.take(Long.MAX_VALUE)) {
            data.add(queue.data(event));
        }
        return data;
    }
}
