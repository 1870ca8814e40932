package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.report.Seen;
import svasim.trace.Kind;

/** Which word of a table in memory does a step of software change? */
final class TableWord implements Template {
    @Override
    public String name() {
        return "word";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        Set<Integer> writers = new HashSet<>();
        for (int write : reading.all(Kind.TABLE_WRITTEN)) {
            writers.add(writer(reading, write));
        }
        return reading.all(step -> writers.contains(step) && reading.simple().contains(step));
    }

    /** The step of software that wrote a word, or none. */
    private static int writer(Reading reading, int write) {
        return reading.nearest(write, step -> reading.kind(step) == Kind.STEP);
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        Set<Long> own = new HashSet<>();
        List<Integer> changes = new ArrayList<>();
        List<Integer> others = new ArrayList<>();
        for (int write : reading.all(Kind.TABLE_WRITTEN)) {
            if (writer(reading, write) == step) {
                own.add(reading.at(write).a());
                changes.add(write);
            } else {
                others.add(write);
            }
        }
        changes.removeIf(write -> reading.at(write).b() == reading.at(write).c());
        if (changes.isEmpty()) {
            return null;
        }
        List<String> wrong = new ArrayList<>();
        for (int write : others) {
            Seen seen = reading.at(write);
            if (!own.contains(seen.a()) && seen.b() != seen.c()) {
                wrong.add(text(seen));
            }
        }
        int shown = changes.get(changes.size() - 1);
        return question(
                step,
                "Next: " + reading.tell(step) + " Which word in memory does this change?",
                draw.choices(text(reading.at(shown)), wrong),
                shown,
                "Words that this step has written: " + own.size() + ".");
    }

    static String text(Seen write) {
        return String.format("the one at 0x%x, from 0x%x to 0x%x", write.a(), write.b(), write.c());
    }
}
