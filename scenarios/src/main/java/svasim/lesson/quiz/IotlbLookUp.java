package svasim.lesson.quiz;

import java.util.List;
import svasim.trace.Kind;

/** Does the IOMMU have the translation, or must it read tables? */
final class IotlbLookUp implements Template {
    static final String HIT = "Yes: it answers from its cache, the tables are not read.";
    static final String MISS = "No: it must read tables in memory.";

    @Override
    public String name() {
        return "iotlb";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(step -> step > 0 && Translations.begins(reading, step - 1));
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int begin = step - 1;
        int end = Translations.end(reading, begin);
        if (end == Reading.NONE || !Translations.isAlone(reading, begin, end)) {
            return null;
        }
        boolean missed =
                Translations.count(reading, begin, end, Kind.TRANSLATION_MISSED) > 0
                        || Translations.count(reading, begin, end, Kind.WALK_READ) > 0;
        int shows =
                missed
                        ? reading.first(
                                begin,
                                at ->
                                        reading.leads(begin, at)
                                                && (reading.kind(at) == Kind.TRANSLATION_MISSED
                                                        || reading.kind(at) == Kind.WALK_READ))
                        : end;
        return question(
                step,
                "Just now: " + reading.tell(begin) + " Does the IOMMU have the translation?",
                Draw.inOrder(missed ? MISS : HIT, List.of(HIT, MISS)),
                shows,
                reading.tell(shows));
    }
}
