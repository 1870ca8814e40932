package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import svasim.kernel.RandomStream;

/** What a seed decides: which moments are asked about, which wrong choices, in which order. */
final class Draw {
    /** Choices of a question at most. */
    private static final int MOST_CHOICES = 4;

    private final RandomStream random;

    Draw(long seed) {
        this.random = new RandomStream(seed);
    }

    <T> List<T> shuffled(Collection<T> all) {
        List<T> rest = new ArrayList<>(all);
        List<T> shuffled = new ArrayList<>();
        while (!rest.isEmpty()) {
            shuffled.add(rest.remove((int) random.below(rest.size())));
        }
        return shuffled;
    }

    /** A few wrong choices and the right one, in any order; null if there is nothing wrong. */
    Choices choices(String right, Collection<String> wrong) {
        Set<String> others = new LinkedHashSet<>(wrong);
        others.remove(right);
        if (others.isEmpty()) {
            return null;
        }
        List<String> all = shuffled(others);
        List<String> few = new ArrayList<>(all.subList(0, Math.min(MOST_CHOICES - 1, all.size())));
        few.add(right);
        List<String> choices = shuffled(few);
        return new Choices(choices, choices.indexOf(right));
    }

    /** Choices in the order of the given ones. */
    static Choices inOrder(String right, List<String> all) {
        return new Choices(all, all.indexOf(right));
    }

    /** A number among its neighbours, in rising order. */
    Choices number(int right) {
        int lowest = Math.max(0, right - (int) random.below(MOST_CHOICES));
        List<String> all = new ArrayList<>();
        for (int n = lowest; n < lowest + MOST_CHOICES; n++) {
            all.add(Integer.toString(n));
        }
        return inOrder(Integer.toString(right), all);
    }

    /** Choices, and which of them is right. */
    record Choices(List<String> all, int answer) {
        Choices {
            all = List.copyOf(all);
        }
    }
}
