package svasim.binding;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes of one file. */
public final class Mistakes {
    private final List<Mistake> found = new ArrayList<>();

    public void add(Place place, String path, String what, String remedy) {
        found.add(new Mistake(place, path, what, remedy));
    }

    public void add(Mistake mistake) {
        found.add(mistake);
    }

    public boolean none() {
        return found.isEmpty();
    }

    /** In the order of the file. */
    public List<Mistake> sorted() {
        List<Mistake> sorted = new ArrayList<>(found);
        sorted.sort(
                Comparator.comparingInt((Mistake m) -> m.place().line())
                        .thenComparingInt(m -> m.place().column()));
        return sorted;
    }

    /**
     * @throws InvalidInput if there is a mistake
     */
    public void throwIfAny() {
        if (!none()) {
            throw new InvalidInput(sorted());
        }
    }
}
