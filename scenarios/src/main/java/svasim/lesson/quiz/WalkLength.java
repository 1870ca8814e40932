package svasim.lesson.quiz;

import java.util.List;
import svasim.trace.Kind;

/** How much of the tables does a walk read? */
final class WalkLength implements Template {
    private static final String NOTHING = "Nothing: its caches have all that it needs.";
    private static final String ONE = "One entry: its caches have the levels above.";
    private static final String SEVERAL = "Several entries, one after the other.";

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
                "Just now: " + reading.tell(begin) + " What must the IOMMU read in memory for it?",
                Draw.inOrder(words(reads), List.of(NOTHING, ONE, SEVERAL)),
                end,
                "It took " + reads + (reads == 1 ? " read." : " reads."));
    }

    static String words(int reads) {
        return reads == 0 ? NOTHING : reads == 1 ? ONE : SEVERAL;
    }
}
