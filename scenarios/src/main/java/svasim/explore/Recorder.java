package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.Choices;
import svasim.kernel.Site;

/** Writes down every question that a run asks, and what was answered. */
final class Recorder implements Choices {
    /** One question. */
    record Question(String site, long occurrence, int options, int answer) {}

    private final Choices inner;
    private final List<Question> questions = new ArrayList<>();

    Recorder(Choices inner) {
        this.inner = inner;
    }

    @Override
    public int pick(Site site, long occurrence, int options) {
        int answer = inner.pick(site, occurrence, options);
        questions.add(new Question(site.name(), occurrence, options, answer));
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
                        .filter(q -> q.answer() != 0)
                        .map(q -> new Deviation(q.site(), q.occurrence(), q.answer()))
                        .toList());
    }
}
