package svasim.explore;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import svasim.kernel.Choices;
import svasim.kernel.Site;
import svasim.trace.Trace;

/** Gives a run its answers, and writes down what it asks or where it leaves the plain run. */
final class Recorder implements Choices {
    private static final int FEW_LANES = 32;

    private final Answers answers;
    private final boolean all;
    private final List<Question> questions = new ArrayList<>();

    /** How often a site has asked, by lane. */
    private final Map<Site, long[]> occurrences = new HashMap<>();

    private Trace trace;

    /**
     * @param all whether questions are wanted that were answered as in the plain run
     */
    Recorder(Answers answers, boolean all) {
        this.answers = answers;
        this.all = all;
    }

    /** Before the run asks anything. */
    void attach(Trace trace) {
        this.trace = trace;
    }

    @Override
    public int pick(Site site, long overall, int lane, int options) {
        Place place = new Place(site, trace.laneName(lane), occurrence(site, lane));
        int answer = answers.at(place, options);
        if (all || answer != 0) {
            questions.add(new Question(place, options, answer));
        }
        return answer;
    }

    private long occurrence(Site site, int lane) {
        long[] counts = occurrences.computeIfAbsent(site, s -> new long[FEW_LANES]);
        if (lane >= counts.length) {
            counts = Arrays.copyOf(counts, lane * 2);
            occurrences.put(site, counts);
        }
        return counts[lane]++;
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
}
