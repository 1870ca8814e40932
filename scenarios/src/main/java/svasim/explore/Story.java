package svasim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.check.Violation;
import svasim.report.Seen;
import svasim.trace.Kind;

/**
 * Tells a failing run up to what broke: the life of what the broken invariant is about, what its
 * tasks and devices did, what led there, and each place where the run left the plain one. What is
 * alike between two turns of the story is one line.
 */
final class Story {
    /** Lines that are told at most. */
    static final int LONGEST = 12;

    /** Before what differs from the plain run. */
    private static final String HERE = "HERE: ";

    private final Chronicle chronicle;
    private final SiteWords words;
    private final List<Told> lines = new ArrayList<>();

    /** Lines since the last turn, by what makes others fold into them. */
    private final Map<String, Told> open = new HashMap<>();

    /** By device, the line of its requests that get no answer. */
    private final Map<String, Told> inVain = new HashMap<>();

    private Story(Chronicle chronicle) {
        this.chronicle = chronicle;
        this.words = new SiteWords(chronicle);
    }

    /**
     * @param failures names of invariants; the first of them that breaks ends the story
     */
    static Telling of(Chronicle chronicle, Set<String> failures) {
        Story story = new Story(chronicle);
        story.tell(failures);
        List<String> deviations = chronicle.marks().stream().map(story.words::tell).toList();
        List<Told> kept = Selection.of(story.lines, chronicle.marks(), LONGEST);
        return new Telling(deviations, story.numbered(kept), Diagram.of(kept));
    }

    private void tell(Set<String> failures) {
        List<Seen> all = chronicle.seen();
        int end = end(all, failures);
        List<Seen> told = all.subList(0, end);
        Seen last = told.get(end - 1);
        Violation violation = last.subject() instanceof Violation broken ? broken : null;
        Concern concern = Concern.of(violation, told, causes(last));
        Set<Long> unanswered = unanswered(told);
        for (int i = 0; i < end; i++) {
            tellMarks(i);
            Seen seen = all.get(i);
            int weight = concern.weight(seen);
            if (unanswered.contains(seen.id())) {
                tellUnanswered(seen);
            } else if (weight > Concern.NOTHING) {
                tell(seen, weight);
            }
        }
    }

    private static int end(List<Seen> all, Set<String> failures) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).subject() instanceof Violation violation
                    && failures.contains(violation.invariant())) {
                return i + 1;
            }
        }
        return all.size();
    }

    /** All that led to the end, and to each deviation. */
    private Set<Long> causes(Seen last) {
        Set<Long> causes = new HashSet<>(chronicle.ancestors(last.id()));
        chronicle.marks().forEach(mark -> causes.addAll(chronicle.ancestors(mark.cause())));
        return causes;
    }

    /** Requests for pages whose group has got no answer by the end. */
    private static Set<Long> unanswered(List<Seen> told) {
        Map<Long, Long> requests = new HashMap<>();
        for (Seen seen : told) {
            if (seen.kind() == Kind.PAGE_REQUESTED) {
                requests.put(seen.c(), seen.id());
            } else if (seen.kind() == Kind.PAGE_GROUP_ANSWERED) {
                requests.remove(seen.b());
            }
        }
        return new HashSet<>(requests.values());
    }

    /** All that one device asks for in vain is one line. */
    private void tellUnanswered(Seen seen) {
        String device = chronicle.laneName(seen);
        Told before = inVain.get(device);
        if (before == null) {
            before = line(seen, Concern.TURN, ", and gets no answer");
            inVain.put(device, before);
            lines.add(before);
        } else {
            before.again(seen.timePs());
        }
    }

    private void tellMarks(int position) {
        for (Mark mark : chronicle.marks()) {
            if (mark.before() == position) {
                turn(here(mark));
            }
        }
    }

    private Told here(Mark mark) {
        String text = HERE + words.tell(mark);
        String lane = mark.place().lane();
        return new Told(Concern.POINT, mark.timePs(), lane, lane, text);
    }

    private void turn(Told line) {
        lines.add(line);
        open.clear();
    }

    private void tell(Seen seen, int weight) {
        String lane = chronicle.laneName(seen);
        if (seen.kind() == Kind.STEP) {
            step(seen, weight);
            return;
        }
        Told line = line(seen, weight, "");
        if (weight >= Concern.TURN) {
            turn(line);
            return;
        }
        Told before = open.putIfAbsent(lane + seen.kind(), line);
        if (before == null) {
            lines.add(line);
        } else {
            before.again(seen.timePs());
        }
    }

    private Told line(Seen seen, int weight, String more) {
        String text = chronicle.sentences().tell(seen) + more;
        String lane = chronicle.laneName(seen);
        return new Told(weight, seen.timePs(), chronicle.causeName(seen), lane, text);
    }

    private void step(Seen seen, int weight) {
        String lane = chronicle.laneName(seen);
        String label = seen.subject().toString();
        int slash = Math.max(0, label.indexOf('/'));
        String procedure = label.substring(0, slash);
        Told line = open.get(lane + procedure);
        if (line == null) {
            line = new Told(weight, seen.timePs(), lane, lane, procedure);
            open.put(lane + procedure, line);
            lines.add(line);
        }
        line.addStep(label.substring(slash + 1));
    }

    private List<String> numbered(List<Told> kept) {
        int width =
                kept.stream()
                        .mapToInt(line -> Math.min(line.lane().length(), Told.WIDEST_LANE))
                        .max()
                        .orElse(1);
        List<String> numbered = new ArrayList<>();
        for (Told line : kept) {
            numbered.add(String.format("%4d. %s", numbered.size() + 1, line.line(width)));
        }
        if (kept.size() < lines.size()) {
            numbered.add(
                    "      ("
                            + (lines.size() - kept.size())
                            + " lines of less weight are left out)");
        }
        return numbered;
    }
}
