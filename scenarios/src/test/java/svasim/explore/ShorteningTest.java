package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import svasim.kernel.Site;

class ShorteningTest {
    private static final Site SITE = new Site("a");
    private static final int MANY = 1000;

    /** The site is late by 3 at each of its questions. */
    private static List<Deviation> allLate() {
        List<Deviation> late = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            late.add(new Deviation(new Place(new Source(SITE, "task"), i), 3));
        }
        return late;
    }

    private static String shortest(Predicate<List<Deviation>> fails) {
        return new Schedule(new Shortening(fails).shortest(allLate())).toString();
    }

    private static boolean late(List<Deviation> deviations, int from, int to, int least) {
        return deviations.stream()
                .anyMatch(
                        d ->
                                d.place().occurrence() >= from
                                        && d.place().occurrence() < to
                                        && d.answer() >= least);
    }

    @Test
    void shouldFindOneDeviationThatIsEnoughAlone() {
        assertEquals("a@task#520=3", shortest(late -> late(late, 500, 525, 3)));
    }

    @Test
    void shouldMakeEachDeviationAsLittleLateAsItCanBe() {
        assertEquals("a@task#520=2", shortest(late -> late(late, 500, 525, 2)));
    }

    @Test
    void shouldKeepTwoWhenOneIsNotEnough() {
        assertEquals(
                "a@task#7=1,a@task#800=3",
                shortest(late -> late(late, 7, 8, 1) && late(late, 800, 801, 3)));
    }
}
