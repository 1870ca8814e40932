package svasim.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.kernel.Kernel;

class TraceTest {
    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);

    private record Told(long id, long cause, long timePs, Kind kind, long a, Object subject) {}

    private record Reader(Set<Kind> kinds, List<Told> told) implements TraceListener {
        static Reader of(Kind first, Kind... rest) {
            return new Reader(EnumSet.of(first, rest), new ArrayList<>());
        }

        @Override
        public boolean wants(Kind kind) {
            return kinds.contains(kind);
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
            told.add(new Told(id, cause, timePs, kind, a, subject));
        }
    }

    @Test
    void shouldTellOnlyThoseWhoWantTheKind() {
        Reader hits = Reader.of(Kind.ATC_HIT);
        Reader all = Reader.of(Kind.ATC_HIT, Kind.ATC_MISS);
        trace.add(hits);
        trace.add(all);

        trace.tell(Kind.ATC_MISS, 0, 1, 0, 0);
        trace.tell(Kind.ATC_HIT, 0, 2, 0, 0, "subject");

        assertEquals(List.of(new Told(2, 1, 0, Kind.ATC_HIT, 2, "subject")), hits.told());
        assertEquals(2, all.told().size());
    }

    @Test
    void shouldKnowWhetherAnyoneWantsAKind() {
        trace.add(Reader.of(Kind.BOUND));

        assertTrue(trace.wants(Kind.BOUND));
        assertFalse(trace.wants(Kind.UNBOUND));
    }

    @Test
    void shouldGiveNoNumberToWhatNobodyWants() {
        Reader reader = Reader.of(Kind.BOUND);
        trace.add(reader);

        trace.tell(Kind.UNBOUND, 0, 0, 0, 0);
        trace.tell(Kind.BOUND, 0, 0, 0, 0);

        assertEquals(1, reader.told().get(0).id());
    }

    @Test
    void shouldMakeAnObservationTheCauseOfWhatItsEventSchedules() {
        Reader reader = Reader.of(Kind.ATC_MISS, Kind.ATC_FILLED);
        trace.add(reader);
        kernel.at(
                10,
                (nowPs, kind, data) -> {
                    trace.tell(Kind.ATC_MISS, 0, 1, 0, 0);
                    kernel.after(5, (t, k, d) -> trace.tell(Kind.ATC_FILLED, 0, 1, 0, 0), 0, 0);
                },
                0,
                0);
        kernel.at(12, (nowPs, kind, data) -> trace.tell(Kind.ATC_MISS, 0, 2, 0, 0), 0, 0);

        kernel.runUntilQuiet();

        assertEquals(new Told(1, 0, 10, Kind.ATC_MISS, 1, null), reader.told().get(0));
        assertEquals(new Told(2, 0, 12, Kind.ATC_MISS, 2, null), reader.told().get(1));
        assertEquals(new Told(3, 1, 15, Kind.ATC_FILLED, 1, null), reader.told().get(2));
    }

    @Test
    void shouldGiveEachLaneOneNumber() {
        int dsa = trace.lane("dsa0");
        int iommu = trace.lane("iommu0");

        assertEquals(dsa, trace.lane("dsa0"));
        assertEquals("iommu0", trace.laneName(iommu));
        assertEquals(2, trace.laneCount());
    }

    @Test
    void shouldCostNoMemoryWhenNobodyListens() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        tellOften();

        long before = bean.getCurrentThreadAllocatedBytes();
        tellOften();

        assertTrue(bean.getCurrentThreadAllocatedBytes() - before < 1_000);
    }

    private void tellOften() {
        for (int i = 0; i < 10_000; i++) {
            trace.tell(Kind.ATC_HIT, 0, i, i, i);
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void shouldDeclareThreeFieldsUsedOnesFirst(Kind kind) {
        assertEquals(3, kind.fields().size());
        int used = (int) kind.fields().stream().filter(f -> !f.isEmpty()).count();
        assertEquals(used, (int) kind.fields().stream().takeWhile(f -> !f.isEmpty()).count());
        assertEquals(used, kind.fields().stream().filter(f -> !f.isEmpty()).distinct().count());
    }

    /** Hears guests if it is told to. */
    private record Ear(boolean hearsGuests, List<String> heard, Trace trace)
            implements TraceListener {
        @Override
        public boolean wants(Kind kind) {
            return kind == Kind.ATC_HIT;
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
            heard.add(id + " " + trace.laneName(lane));
        }
    }

    @Test
    void shouldTellOfGuestsOnlyThoseWhoHearThem() {
        Ear deaf = new Ear(false, new ArrayList<>(), trace);
        Ear before = new Ear(true, new ArrayList<>(), trace);
        Ear after = new Ear(true, new ArrayList<>(), trace);
        trace.add(deaf);
        trace.add(before);
        Trace guest = trace.child("vm0");
        trace.add(after);
        Ear inside = new Ear(false, new ArrayList<>(), guest);
        guest.add(inside);

        trace.tell(Kind.ATC_HIT, trace.lane("dsa0"), 0, 0, 0);
        guest.tell(Kind.ATC_HIT, guest.lane("dsa0"), 0, 0, 0);

        assertEquals(List.of("1 dsa0"), deaf.heard());
        assertEquals(List.of("1 dsa0", "2 vm0.dsa0"), before.heard());
        assertEquals(before.heard(), after.heard());
        assertEquals(List.of("2 vm0.dsa0"), inside.heard());
        assertEquals(trace.laneCount(), guest.laneCount());
    }

    @Test
    void shouldCostAGuestNothingThatNobodyHears() {
        Trace guest = trace.child("vm0");
        assertFalse(guest.wants(Kind.ATC_HIT));
        trace.add(new Ear(true, new ArrayList<>(), trace));
        assertTrue(guest.wants(Kind.ATC_HIT));
    }
}
