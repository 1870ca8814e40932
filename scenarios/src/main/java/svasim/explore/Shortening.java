package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Makes a failing schedule short: one deviation of it alone, if that is enough; else the few that
 * {@link Shrinker} leaves. Then each is made as little late as it can be.
 */
final class Shortening {
    /** Deviations that are tried alone. */
    private static final int MOST_ALONE = 200;

    private final Predicate<List<Deviation>> fails;

    /**
     * @param fails runs a list of deviations and says whether that fails as the first run did
     */
    Shortening(Predicate<List<Deviation>> fails) {
        this.fails = fails;
    }

    List<Deviation> shortest(List<Deviation> failing) {
        List<Deviation> alone = alone(failing);
        return lessLate(alone == null ? Shrinker.shrink(failing, fails) : alone);
    }

    /** One deviation that is enough, or null; late ones first, they are near the failure. */
    private List<Deviation> alone(List<Deviation> failing) {
        int tried = Math.min(failing.size(), MOST_ALONE);
        for (int i = 1; i <= tried; i++) {
            int index = failing.size() - (int) ((long) failing.size() * i / tried);
            List<Deviation> one = List.of(failing.get(index));
            if (fails.test(one)) {
                return one;
            }
        }
        return null;
    }

    private List<Deviation> lessLate(List<Deviation> deviations) {
        List<Deviation> kept = new ArrayList<>(deviations);
        for (int i = 0; i < kept.size(); i++) {
            Deviation before = kept.get(i);
            for (int answer = 1; answer < before.answer(); answer++) {
                kept.set(i, before.with(answer));
                if (fails.test(kept)) {
                    break;
                }
                kept.set(i, before);
            }
        }
        return kept;
    }
}
