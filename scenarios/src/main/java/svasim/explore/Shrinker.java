package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Finds a small part of a list that still fails (delta debugging: Zeller and Hildebrandt,
 * Simplifying and Isolating Failure-Inducing Input, 2002). No single item of the result can be left
 * out.
 */
final class Shrinker {
    private Shrinker() {}

    /**
     * @param fails true for {@code items} themselves
     */
    static <T> List<T> shrink(List<T> items, Predicate<List<T>> fails) {
        List<T> kept = new ArrayList<>(items);
        int pieces = 2;
        while (!kept.isEmpty()) {
            List<T> smaller = withoutOnePiece(kept, Math.min(pieces, kept.size()), fails);
            if (smaller != null) {
                kept = smaller;
                pieces = Math.max(2, pieces - 1);
            } else if (pieces >= kept.size()) {
                return kept;
            } else {
                pieces *= 2;
            }
        }
        return kept;
    }

    private static <T> List<T> withoutOnePiece(
            List<T> items, int pieces, Predicate<List<T>> fails) {
        for (int piece = 0; piece < pieces; piece++) {
            int from = items.size() * piece / pieces;
            int to = items.size() * (piece + 1) / pieces;
            List<T> rest = new ArrayList<>(items.subList(0, from));
            rest.addAll(items.subList(to, items.size()));
            if (fails.test(rest)) {
                return rest;
            }
        }
        return null;
    }
}
