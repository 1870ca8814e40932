package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class GridTest {
    private static Axis axis(String key, int values) {
        return new Axis(key, IntStream.range(0, values).mapToObj(Integer::toString).toList());
    }

    @Property(tries = 100)
    void shouldTurnTheLastAxisFastest(
            @ForAll @IntRange(min = 1, max = 4) int a,
            @ForAll @IntRange(min = 1, max = 4) int b,
            @ForAll @IntRange(min = 1, max = 3) int seeds) {
        List<Long> all = IntStream.range(0, seeds).mapToObj(Long::valueOf).toList();
        List<Grid.Place> slow = new ArrayList<>();
        for (String variant : List.of("x", "y")) {
            for (int i = 0; i < a; i++) {
                for (int j = 0; j < b; j++) {
                    for (long seed : all) {
                        slow.add(new Grid.Place(variant, Map.of("a", "" + i, "b", "" + j), seed));
                    }
                }
            }
        }

        Grid grid = new Grid(List.of("x", "y"), List.of(axis("a", a), axis("b", b)), all);

        assertEquals(slow, grid.all());
    }

    @Property(tries = 100)
    void shouldDrawDifferentPointsOfTheProductInItsOrder(
            @ForAll @IntRange(min = 1, max = 40) int samples, @ForAll long seed) {
        Grid grid = new Grid(List.of(""), List.of(axis("a", 5), axis("b", 6)), List.of(1L));

        List<Grid.Place> drawn = grid.sample(samples, seed);

        assertEquals(Math.min(samples, 30), drawn.size());
        assertEquals(drawn.size(), new HashSet<>(drawn).size());
        List<Grid.Place> all = grid.all();
        List<Integer> places = drawn.stream().map(all::indexOf).toList();
        assertEquals(places.stream().sorted().toList(), places);
        assertTrue(all.containsAll(drawn));
        assertEquals(drawn, grid.sample(samples, seed));
    }

    @Test
    void shouldDrawFromAProductThatNobodyCouldList() {
        List<Axis> axes = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            axes.add(axis("k" + i, 1000));
        }
        Grid grid = new Grid(List.of(""), axes.subList(0, 6), List.of(1L, 2L));

        assertEquals(Long.MAX_VALUE, new Grid(List.of(""), axes, List.of(1L)).size());
        assertEquals(200, grid.sample(100, 7).size());
    }
}
