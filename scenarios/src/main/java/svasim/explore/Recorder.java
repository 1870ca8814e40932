package svasim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import svasim.kernel.Choices;
import svasim.kernel.Site;
import svasim.trace.Trace;

/** Gives a run its answers, and writes down what it asks or where it leaves the plain run. */
final class Recorder implements Choices {
    private static final int FEW_LANES = 32;

    private final Answers answers;
    private final boolean all;
    private final Set<String> sites;
    private final List<Question> questions = new ArrayList<>();
    private final Map<Site, Asking> asking = new HashMap<>();
    private Trace trace;

    /**
     * @param all whether questions are wanted that were answered as in the plain run
     * @param sites names of those whose questions count, the others' are answered as in the plain
     *     run; empty for all
     */
    Recorder(Answers answers, boolean all, Set<String> sites) {
        this.answers = answers;
        this.all = all;
        this.sites = sites;
    }

    /** Before the run asks anything. */
    void attach(Trace trace) {
        this.trace = trace;
    }

    @Override
    public int pick(Site site, long overall, int lane, int options) {
        if (!sites.isEmpty() && !sites.contains(site.name())) {
            return 0;
        }
        Asking asks = asking.computeIfAbsent(site, s -> new Asking());
        Source source = asks.source(site, lane, trace);
        long occurrence = asks.counts[lane]++;
        int answer = answers.at(source, occurrence, options);
        if (all || answer != 0) {
            questions.add(new Question(new Place(source, occurrence), options, answer));
        }
        return answer;
    }

    /** Questions in their order. */
    List<Question> questions() {
        return questions;
    }

    /** What differed from the plain run. */
    Schedule schedule() {
        return new Schedule(
                questions.stream()
                        .filter(question -> question.answer() != 0)
                        .map(question -> question.deviation(question.answer()))
                        .toList());
    }

    /** One site: its sources and how often they have asked, by lane. */
    private static final class Asking {
        private Source[] sources = new Source[FEW_LANES];
        private long[] counts = new long[FEW_LANES];

        Source source(Site site, int lane, Trace trace) {
            if (lane >= sources.length) {
                sources = Arrays.copyOf(sources, lane * 2);
                counts = Arrays.copyOf(counts, lane * 2);
            }
            if (sources[lane] == null) {
                sources[lane] = new Source(site, trace.laneName(lane));
            }
            return sources[lane];
        }
    }
}
