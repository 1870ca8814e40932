package svasim.lesson.quiz;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.report.Seen;
import svasim.trace.Kind;

/**
 * What is in a device's ATC? The wrong choices are pages that the device had never kept before and
 * misses when it next looks for them.
 */
final class AtcContents implements Template {
    @Override
    public String name() {
        return "holds";
    }

    /** Only of a run that is read from its start: what was cached before is not known. */
    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step ->
                        reading.isFromStart()
                                && step > 0
                                && reading.kind(step - 1) == Kind.ATC_FILLED);
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int filled = step - 1;
        Set<String> wrong = new TreeSet<>();
        for (int look = step; look < reading.size(); look++) {
            if (isMissing(reading, filled, look)) {
                wrong.add(Pages.text(reading, look));
            }
        }
        String device = reading.lane(filled);
        return question(
                step,
                "Of which page does " + device + " hold the translation in its own cache now?",
                draw.choices(Pages.text(reading, filled), wrong),
                filled,
                "It has just got this one; the others it misses when it looks for them.");
    }

    /** Whether the page of a later look-up is not in the cache at a moment. */
    private static boolean isMissing(Reading reading, int moment, int look) {
        Seen seen = reading.at(look);
        if (seen.kind() != Kind.ATC_MISS || seen.lane() != reading.at(moment).lane()) {
            return false;
        }
        for (int step = 0; step < look; step++) {
            Seen other = reading.at(step);
            boolean touches =
                    other.kind() == Kind.ATC_FILLED
                            || step > moment && Pages.isLookUp(other.kind());
            if (touches && other.lane() == seen.lane() && Pages.same(other, seen)) {
                return false;
            }
        }
        return true;
    }
}
