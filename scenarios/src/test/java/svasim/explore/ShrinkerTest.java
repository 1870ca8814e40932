package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

class ShrinkerTest {
    @Property
    void shouldKeepExactlyWhatIsNeeded(
            @ForAll @Size(max = 6) Set<@IntRange(max = 60) Integer> needed) {
        List<Integer> all = IntStream.rangeClosed(0, 60).boxed().toList();

        List<Integer> kept = Shrinker.shrink(all, part -> part.containsAll(needed));

        assertEquals(needed.stream().sorted().toList(), kept);
    }

    @Property
    void shouldLeaveNothingOutThatIsNeededAlone(@ForAll @IntRange(min = 1, max = 20) int least) {
        List<Integer> all = IntStream.range(0, 20).boxed().toList();

        List<Integer> kept = Shrinker.shrink(all, part -> part.size() >= least);

        assertTrue(kept.size() == least);
    }
}
