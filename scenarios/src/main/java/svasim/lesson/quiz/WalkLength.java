package svasim.lesson.quiz;

import java.util.List;
import svasim.trace.Kind;

/** How many words does a walk read? */
final class WalkLength implements Template {
    @Override
    public String name() {
        return "walk";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(step -> step > 0 && reading.kind(step - 1) == Kind.TRANSLATION_STARTED);
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int begin = step - 1;
        int end = Translations.end(reading, begin);
        if (end == Reading.NONE || !Translations.begins(reading, begin)) {
            return null;
        }
        if (!Translations.isAlone(reading, begin, end)) {
            return null;
        }
        int reads = Translations.count(reading, begin, end, Kind.WALK_READ);
        return question(
                step,
                "Just now: "
                        + reading.tell(begin)
                        + " How many times must the IOMMU read memory for it?",
                draw.number(reads),
                end,
                reads == 0
                        ? "Everything that it needed was in its caches."
                        : "Each level of the tables that no cache had was one read: "
                                + reads
                                + ".");
    }
}
