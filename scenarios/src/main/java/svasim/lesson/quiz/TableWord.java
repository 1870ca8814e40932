package svasim.lesson.quiz;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import svasim.report.Subjects;
import svasim.trace.Kind;

/** Into what does a step of software write: a table of the IOMMU, a queue, a page table? */
final class TableWord implements Template {
    private static final long OFFSET = 0xFFF;
    private static final String UNKNOWN = "";

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
        Map<Long, String> uses = uses(reading, step);
        Set<String> written = new TreeSet<>();
        int shown = Reading.NONE;
        for (int write : reading.all(Kind.TABLE_WRITTEN)) {
            if (writer(reading, write) == step) {
                written.add(uses.getOrDefault(frame(reading, write), UNKNOWN));
                shown = write;
            }
        }
        if (written.size() != 1 || written.contains(UNKNOWN)) {
            return null;
        }
        Set<String> all = new TreeSet<>(uses.values());
        return question(
                step,
                "Next: " + reading.tell(step) + " Into what memory does this write?",
                draw.choices(
                        words(written.iterator().next()),
                        all.stream().map(TableWord::words).toList()),
                shown,
                reading.tell(shown));
    }

    /** What each frame was taken for, before a step. */
    private static Map<Long, String> uses(Reading reading, int before) {
        Map<Long, String> uses = new HashMap<>();
        for (int step : reading.all(Kind.FRAME_ALLOCATED)) {
            if (step < before) {
                uses.put(reading.at(step).a(), Subjects.use(reading.at(step).subject()));
            }
        }
        return uses;
    }

    private static long frame(Reading reading, int write) {
        return reading.at(write).a() & ~OFFSET;
    }

    static String words(String use) {
        return switch (use) {
            case "iommu table" -> "a table that the IOMMU reads";
            case "queue" -> "a queue between software and the IOMMU";
            case "page table" -> "a page table";
            case "page" -> "a page of a process";
            default -> "memory of the " + use;
        };
    }
}
