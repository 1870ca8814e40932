package svasim.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.check.Violation;
import svasim.report.Seen;
import svasim.report.Sentences;
import svasim.trace.Kind;

/**
 * Tells a failing run up to what broke: the life of what the broken invariant is about, what its
 * tasks and devices did, what led there, and each place where the run left the plain one. What is
 * alike between two turns of the story is one line.
 */
final class Story {
    /** Lines that are told at most. */
    static final int LONGEST = 40;

    /** Lines at the end that are worth more. */
    private static final int LATE = 12;

    /** Before what differs from the plain run. */
    private static final String HERE = "HERE: ";

    private final Chronicle chronicle;
    private final SiteWords words;
    private final List<Told> lines = new ArrayList<>();

    /** Lines since the last turn, by what makes others fold into them. */
    private final Map<String, Told> open = new HashMap<>();

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
        List<Told> kept = story.kept();
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
                lines.add(line(seen, Concern.TURN, ", and gets no answer"));
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
        return new Told(Concern.TURN, mark.timePs(), lane, lane, text);
    }

    private void turn(Told line) {
        lines.add(line);
        open.clear();
    }

    private void tell(Seen seen, int weight) {
        String lane = chronicle.laneName(seen);
        if (seen.kind() == Kind.STEP) {
            step(seen, lane, seen.subject().toString());
            return;
        }
        Told line = line(seen, weight, "");
        if (weight == Concern.TURN) {
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
        String text = Sentences.tell(seen, chronicle.namer()) + more;
        String lane = chronicle.laneName(seen);
        return new Told(weight, seen.timePs(), chronicle.causeName(seen), lane, text);
    }

    private void step(Seen seen, String lane, String label) {
        int slash = Math.max(0, label.indexOf('/'));
        String procedure = label.substring(0, slash);
        Told line = open.get(lane + procedure);
        if (line == null) {
            line = new Told(Concern.STEP, seen.timePs(), lane, lane, procedure);
            open.put(lane + procedure, line);
            lines.add(line);
        }
        line.addStep(label.substring(slash + 1));
    }

    private List<String> numbered(List<Told> kept) {
        List<String> numbered = new ArrayList<>();
        for (Told line : kept) {
            numbered.add(String.format("%4d. %s", numbered.size() + 1, line.line()));
        }
        if (kept.size() < lines.size()) {
            numbered.add(
                    "      ("
                            + (lines.size() - kept.size())
                            + " lines of less weight are left out)");
        }
        return numbered;
    }

    /**
     * As many lines as may be told: the light ones go first, of those the old ones. The steps right
     * before the end are worth more than what hardware did long before.
     */
    private List<Told> kept() {
        List<Told> late = lines.subList(Math.max(0, lines.size() - LATE), lines.size());
        List<Told> byWeight = new ArrayList<>(lines);
        byWeight.sort(
                Comparator.comparingInt(
                        line ->
                                2 * line.weight()
                                        + (late.contains(line) ? 2 * Concern.STEP + 1 : 0)));
        Set<Told> dropped = new HashSet<>(byWeight.subList(0, Math.max(0, lines.size() - LONGEST)));
        return lines.stream().filter(line -> !dropped.contains(line)).toList();
    }
}
