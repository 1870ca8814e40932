package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import svasim.paging.Access;

/** A small TLB against a list in the order of use. */
class TlbModelTest {
    private static final int ENTRIES = 4;
    private static final int PAGES = 9;
    private static final long PAGE = 4096;
    private static final int[] RIGHTS = {Access.READ, Access.READ | Access.WRITE};

    private enum Verb {
        FILL,
        LOOK_UP,
        INVALIDATE,
        CLEAR
    }

    private record Action(Verb verb, int page, int count, int right) {}

    private record Entry(int page, long frame, int rights) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(8, Arbitraries.just(Verb.FILL)),
                                net.jqwik.api.Tuple.of(8, Arbitraries.just(Verb.LOOK_UP)),
                                net.jqwik.api.Tuple.of(2, Arbitraries.just(Verb.INVALIDATE)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.just(Verb.CLEAR))),
                        Arbitraries.integers().between(0, PAGES - 1),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(0, 1))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void shouldKeepThePagesUsedLast(@ForAll("actions") List<Action> actions) {
        Tlb tlb = new Tlb(ENTRIES);
        List<Entry> model = new ArrayList<>();
        long frame = 100;
        for (Action action : actions) {
            long va = action.page() * PAGE;
            switch (action.verb()) {
                case FILL -> {
                    frame++;
                    tlb.fill(va, frame * PAGE, RIGHTS[action.right()]);
                    fill(model, new Entry(action.page(), frame, RIGHTS[action.right()]));
                }
                case LOOK_UP ->
                        assertEquals(
                                lookUp(model, action.page(), RIGHTS[action.right()]),
                                tlb.lookup(va, RIGHTS[action.right()]));
                case INVALIDATE -> {
                    tlb.invalidate(va, va + action.count() * PAGE);
                    model.removeIf(
                            e ->
                                    e.page() >= action.page()
                                            && e.page() < action.page() + action.count());
                }
                default -> {
                    tlb.clear();
                    model.clear();
                }
            }
        }
    }

    private static void fill(List<Entry> model, Entry entry) {
        model.removeIf(e -> e.page() == entry.page());
        if (model.size() == ENTRIES) {
            model.remove(0);
        }
        model.add(entry);
    }

    private static long lookUp(List<Entry> model, int page, int rights) {
        for (Entry entry : model) {
            if (entry.page() == page && (entry.rights() & rights) == rights) {
                model.remove(entry);
                model.add(entry);
                return entry.frame() * PAGE;
            }
        }
        return Tlb.MISS;
    }

    @Test
    void shouldForgetEverythingInRangeOfEverything() {
        Tlb tlb = new Tlb(ENTRIES);
        tlb.fill(0x7FFF_FFFF_F000L, 0x5000, Access.READ);
        tlb.fill(0, 0x6000, Access.READ);
        tlb.invalidate(0, Long.MAX_VALUE);

        assertEquals(Tlb.MISS, tlb.lookup(0x7FFF_FFFF_F000L, Access.READ));
        assertEquals(Tlb.MISS, tlb.lookup(0, Access.READ));
    }

    @Test
    void shouldForgetPageOfWhichRangeCoversOneByte() {
        Tlb tlb = new Tlb(ENTRIES);
        tlb.fill(PAGE, 0x5000, Access.READ);
        tlb.fill(2 * PAGE, 0x6000, Access.READ);
        tlb.invalidate(2 * PAGE - 1, 2 * PAGE);

        assertEquals(Tlb.MISS, tlb.lookup(PAGE, Access.READ));
        assertEquals(0x6000, tlb.lookup(2 * PAGE, Access.READ));
    }

    @Test
    void shouldTakeDefaultsForAbsentKeysAndRefuseNonsense() {
        assertEquals(4, CpuConfig.defaults().cores());
        assertTrue(CpuConfig.defaults().tlbEntries() > 0);
        assertThrows(IllegalArgumentException.class, () -> withCores(0));
        assertThrows(IllegalArgumentException.class, () -> withCores(1025));
        assertThrows(IllegalArgumentException.class, () -> withTlb(0));
    }

    private static CpuConfig withCores(int cores) {
        return new CpuConfig(
                null, cores, null, null, null, null, null, null, null, null, null, null);
    }

    private static CpuConfig withTlb(int entries) {
        return new CpuConfig(
                null, null, null, null, null, null, null, entries, null, null, null, null);
    }
}
