package svasim.lesson;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The same moments in several stories. */
class AlignmentTest {
    @Test
    void shouldPairWhatComesInTheSameOrder() {
        int[] partners =
                Alignment.partners(List.of("bind", "walk", "free"), List.of("bind", "x", "free"));

        assertArrayEquals(new int[] {0, -1, 2}, partners);
    }

    @Test
    void shouldGiveARowForEachMomentThatAnotherStoryHasToo() {
        Alignment.Keys first = new Alignment.Keys(List.of(3, 5, 9), List.of("a", "b", "c"));
        Alignment.Keys second = new Alignment.Keys(List.of(1, 2), List.of("a", "c"));
        Alignment.Keys third = new Alignment.Keys(List.of(7), List.of("c"));

        assertEquals(
                List.of(List.of(3, 1, -1), List.of(9, 2, 7)),
                Alignment.of(List.of(first, second, third)));
    }

    @Test
    void shouldHaveNothingToAlignInOneStory() {
        Alignment.Keys only = new Alignment.Keys(List.of(0), List.of("a"));

        assertEquals(List.of(), Alignment.of(List.of(only)));
    }

    @Property(tries = 300)
    void shouldPairAsManyAsThereCanBe(
            @ForAll @Size(max = 7) List<@IntRange(max = 3) Integer> first,
            @ForAll @Size(max = 7) List<@IntRange(max = 3) Integer> second) {
        List<String> a = first.stream().map(String::valueOf).toList();
        List<String> b = second.stream().map(String::valueOf).toList();

        int[] partners = Alignment.partners(a, b);

        int pairs = 0;
        int before = -1;
        for (int i = 0; i < partners.length; i++) {
            if (partners[i] >= 0) {
                assertEquals(a.get(i), b.get(partners[i]));
                assertEquals(true, partners[i] > before, "pairs come in rising order");
                before = partners[i];
                pairs++;
            }
        }
        assertEquals(longest(a, b), pairs);
    }

    /** The slow, obvious way. */
    private static int longest(List<String> a, List<String> b) {
        if (a.isEmpty() || b.isEmpty()) {
            return 0;
        }
        List<String> restA = a.subList(1, a.size());
        List<String> restB = b.subList(1, b.size());
        int without = Math.max(longest(restA, b), longest(a, restB));
        return a.get(0).equals(b.get(0)) ? Math.max(without, 1 + longest(restA, restB)) : without;
    }
}
