package svasim.lesson;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the same moments in several stories: the longest common subsequence of what their moments
 * mean, of each story with the first one.
 */
final class Alignment {
    private static final int NONE = -1;

    private Alignment() {}

    /**
     * Rows of steps that are the same moment, in the order of the first story; -1 where a story has
     * none. A step of the first story that no other has is left out.
     *
     * @param stories of each story its steps that can be compared, by what they mean
     */
    static List<List<Integer>> of(List<Keys> stories) {
        if (stories.size() < 2) {
            return List.of();
        }
        Keys first = stories.get(0);
        List<int[]> partners = new ArrayList<>();
        for (Keys story : stories) {
            partners.add(story == first ? null : partners(first.keys, story.keys));
        }
        List<List<Integer>> rows = new ArrayList<>();
        for (int i = 0; i < first.keys.size(); i++) {
            List<Integer> row = new ArrayList<>(List.of(first.steps.get(i)));
            boolean shared = false;
            for (int s = 1; s < stories.size(); s++) {
                int partner = partners.get(s)[i];
                row.add(partner == NONE ? NONE : stories.get(s).steps.get(partner));
                shared |= partner != NONE;
            }
            if (shared) {
                rows.add(row);
            }
        }
        return rows;
    }

    /**
     * Steps that can be compared.
     *
     * @param keys what each means, equal for equal moments
     */
    record Keys(List<Integer> steps, List<String> keys) {
        /** Those of the beginning. */
        Keys first(int most) {
            int size = Math.min(most, steps.size());
            return new Keys(steps.subList(0, size), keys.subList(0, size));
        }
    }

    /** For each of the first list its partner in the second, or -1. */
    static int[] partners(List<String> first, List<String> second) {
        int[] a = new int[first.size()];
        int[] b = new int[second.size()];
        Map<String, Integer> numbers = new HashMap<>();
        Arrays.setAll(a, i -> number(numbers, first.get(i)));
        Arrays.setAll(b, i -> number(numbers, second.get(i)));
        int[][] longest = new int[a.length + 1][b.length + 1];
        for (int i = a.length - 1; i >= 0; i--) {
            for (int j = b.length - 1; j >= 0; j--) {
                longest[i][j] =
                        a[i] == b[j]
                                ? longest[i + 1][j + 1] + 1
                                : Math.max(longest[i + 1][j], longest[i][j + 1]);
            }
        }
        int[] partners = new int[a.length];
        Arrays.fill(partners, NONE);
        int i = 0;
        int j = 0;
        while (i < a.length && j < b.length) {
            if (a[i] == b[j]) {
                partners[i++] = j++;
            } else if (longest[i + 1][j] >= longest[i][j + 1]) {
                i++;
            } else {
                j++;
            }
        }
        return partners;
    }

    private static int number(Map<String, Integer> numbers, String key) {
        return numbers.computeIfAbsent(key, k -> numbers.size());
    }
}
