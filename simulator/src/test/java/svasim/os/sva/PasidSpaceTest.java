package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.os.defect.Defects;
import svasim.os.sva.PasidConfig.Order;
import svasim.os.sva.PasidConfig.Space;
import svasim.units.Picoseconds;

/** The allocator of numbers against a set of free ones. */
class PasidSpaceTest {
    private static final int LIMIT = 8;

    private final Kernel kernel = new Kernel();

    private PasidSpace space(Order order) {
        return space(PasidConfig.UNDECIDED.orElse(Space.SYSTEM, order));
    }

    private PasidSpace space(PasidConfig config) {
        return new PasidSpace(0, config, kernel, Defects.NONE);
    }

    private static List<Integer> take(PasidSpace space, int count) {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            numbers.add(space.allocate(LIMIT));
        }
        return numbers;
    }

    /** Positive: frees that number if it is used; else allocates. */
    @Property
    void shouldAlwaysGiveLowestFreeNumber(
            @ForAll List<@IntRange(min = -3, max = LIMIT - 1) Integer> actions) {
        PasidSpace space = space(Order.LOWEST);
        TreeSet<Integer> free = allNumbers();

        for (int action : actions) {
            if (action > 0) {
                space.free(action);
                free.add(action);
            } else {
                int expected = free.isEmpty() ? PasidSpace.NONE : free.pollFirst();
                assertEquals(expected, space.allocate(LIMIT));
            }
        }

        assertEquals(LIMIT - 1 - free.size(), space.inUse());
    }

    /** Whatever the order: a number that is free, and one as long as there is one. */
    @Property
    void shouldGiveEveryFreeNumberOnceInAnyOrder(
            @ForAll Order order,
            @ForAll List<@IntRange(min = -3, max = LIMIT - 1) Integer> actions) {
        PasidSpace space = space(order);
        TreeSet<Integer> free = allNumbers();
        boolean everFreed = false;

        for (int action : actions) {
            if (action > 0) {
                everFreed |= !free.contains(action);
                space.free(action);
                free.add(action);
            } else {
                int number = space.allocate(LIMIT);
                boolean mayBeNone = free.isEmpty() || order == Order.DELAYED && everFreed;
                assertTrue(number == PasidSpace.NONE ? mayBeNone : free.remove(number));
            }
        }
    }

    private static TreeSet<Integer> allNumbers() {
        TreeSet<Integer> numbers = new TreeSet<>();
        for (int number = 1; number < LIMIT; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    @Test
    void shouldNeverGiveZero() {
        for (Order order : Order.values()) {
            assertEquals(PasidSpace.NONE, space(order).allocate(1));
            assertFalse(take(space(order), LIMIT).contains(0));
        }
    }

    @Test
    void shouldGoRoundBeforeItGivesNumberAgain() {
        PasidSpace space = space(Order.CYCLIC);
        take(space, 2);
        space.free(1);
        space.free(2);

        assertEquals(List.of(3, 4, 5, 6, 7, 1, 2), take(space, LIMIT - 1));
    }

    @Test
    void shouldLetNumberRest() {
        PasidConfig config =
                new PasidConfig(null, Order.DELAYED, null, Picoseconds.ofNanos(5), null);
        PasidSpace space = space(config.orElse(Space.SYSTEM, Order.LOWEST));
        take(space, 1);
        space.free(1);

        assertEquals(2, space.allocate(LIMIT));
        kernel.after(5_000, (now, kind, data) -> {}, 0, 0);
        kernel.runUntilQuiet();
        assertEquals(1, space.allocate(LIMIT));
    }

    @Test
    void shouldDependOnSeedOnly() {
        List<Integer> numbers = take(space(Order.RANDOM), LIMIT - 1);
        List<Integer> again =
                take(
                        new PasidSpace(
                                1,
                                PasidConfig.UNDECIDED.orElse(Space.SYSTEM, Order.RANDOM),
                                new Kernel(),
                                Defects.NONE),
                        LIMIT - 1);

        assertEquals(numbers, again);
        assertNotEquals(new ArrayList<>(allNumbers()), numbers);
    }

    @Test
    void shouldEndAtWidth() {
        PasidConfig config = new PasidConfig(null, null, 2, null, null);

        PasidSpace space = space(config.orElse(Space.SYSTEM, Order.LOWEST));

        assertEquals(List.of(1, 2, 3, PasidSpace.NONE), take(space, 4));
    }

    @Test
    void shouldRejectRestWithoutOrderThatKnowsIt() {
        assertThrows(
                IllegalArgumentException.class,
                () -> new PasidConfig(null, Order.LOWEST, null, Picoseconds.ofNanos(5), null));
    }
}
