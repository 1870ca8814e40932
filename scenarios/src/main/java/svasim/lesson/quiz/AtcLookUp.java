package svasim.lesson.quiz;

import java.util.List;
import svasim.report.Seen;
import svasim.trace.Kind;

/** Will an access hit or miss in the device's own cache, and what comes of a miss? */
final class AtcLookUp implements Template {
    static final String HIT = "It has it: no question to the IOMMU.";
    static final String FOUND = "It has not: it asks, and the IOMMU finds the translation.";
    static final String ABSENT = "It has not: it asks, and the IOMMU finds no usable page.";

    @Override
    public String name() {
        return "atc";
    }

    /** The first look-up of each page. */
    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step ->
                        Pages.isLookUp(reading.kind(step))
                                && (step == 0 || !isSameAsBefore(reading, step)));
    }

    private static boolean isSameAsBefore(Reading reading, int step) {
        Seen seen = reading.at(step);
        for (int before = step - 1; before >= 0; before--) {
            Seen other = reading.at(before);
            if (Pages.isLookUp(other.kind()) && Pages.same(other, seen)) {
                return other.kind() == seen.kind();
            }
        }
        return false;
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        Seen seen = reading.at(step);
        int shows = seen.kind() == Kind.ATC_HIT ? step : outcome(reading, step);
        if (shows == Reading.NONE) {
            return null;
        }
        String right =
                shows == step ? HIT : reading.kind(shows) == Kind.TRANSLATED ? FOUND : ABSENT;
        return question(
                step,
                String.format(
                        "%s is about to access %s. Does it have the translation in its own cache?",
                        reading.lane(step), Pages.text(reading, step)),
                Draw.inOrder(right, List.of(HIT, FOUND, ABSENT)),
                shows,
                reading.tell(shows));
    }

    /** What the IOMMU says of the page. */
    private static int outcome(Reading reading, int miss) {
        return reading.first(
                miss,
                step -> {
                    Kind kind = reading.kind(step);
                    boolean ends = kind == Kind.TRANSLATED || kind == Kind.TRANSLATION_FAULTED;
                    return ends && Pages.same(reading.at(step), reading.at(miss));
                });
    }
}
