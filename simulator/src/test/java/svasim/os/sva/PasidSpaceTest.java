package svasim.os.sva;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.os.defect.Defects;

/** The allocator of numbers against a set of free ones. */
class PasidSpaceTest {
    private static final int LIMIT = 8;

    /** Positive: frees that number if it is used; else allocates. */
    @Property
    void shouldAlwaysGiveLowestFreeNumber(
            @ForAll List<@IntRange(min = -3, max = LIMIT - 1) Integer> actions) {
        PasidSpace space = new PasidSpace(0, Defects.NONE);
        TreeSet<Integer> free = new TreeSet<>();
        for (int number = 1; number < LIMIT; number++) {
            free.add(number);
        }

        for (int action : actions) {
            if (action > 0) {
                space.free(action);
                free.add(action);
            } else {
                int expected = free.isEmpty() ? PasidSpace.NONE : free.pollFirst();
                assertEquals(expected, space.allocate(LIMIT, null));
            }
        }

        assertEquals(LIMIT - 1 - free.size(), space.inUse());
    }

    @Test
    void shouldNeverGiveZero() {
        assertEquals(1, new PasidSpace(0, Defects.NONE).allocate(LIMIT, null));
        assertEquals(PasidSpace.NONE, new PasidSpace(0, Defects.NONE).allocate(1, null));
    }
}
