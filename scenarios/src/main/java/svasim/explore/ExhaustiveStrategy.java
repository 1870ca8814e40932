package svasim.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Every schedule with at most so many deviations, fewest first. Each set of deviations is run once:
 * a schedule is extended only behind its last deviation.
 */
final class ExhaustiveStrategy implements Strategy {
    private final int depth;

    /** Schedules whose extensions have not all been proposed. */
    private final Deque<Extensions> waiting = new ArrayDeque<>();

    ExhaustiveStrategy(int depth, Attempt plain) {
        this.depth = depth;
        learn(plain);
    }

    @Override
    public Answers next() {
        while (!waiting.isEmpty()) {
            Schedule schedule = waiting.peek().next();
            if (schedule != null) {
                return schedule.answers();
            }
            waiting.remove();
        }
        return null;
    }

    @Override
    public boolean learns() {
        return true;
    }

    @Override
    public void learn(Attempt attempt) {
        if (attempt.schedule().deviations().size() < depth) {
            waiting.add(new Extensions(attempt));
        }
    }

    /** One deviation more than a schedule has, at each question behind its last deviation. */
    private static final class Extensions {
        private final List<Deviation> before;

        /** The last answer to each question, as the deviation that it would be. */
        private final List<Deviation> questions = new ArrayList<>();

        private int question;
        private int answer;

        Extensions(Attempt attempt) {
            before = attempt.schedule().deviations();
            int deviations = before.size();
            for (Question asked : attempt.questions()) {
                if (asked.answer() != 0) {
                    deviations--;
                } else if (deviations == 0 && asked.options() > 1) {
                    questions.add(asked.deviation(asked.options() - 1));
                }
            }
        }

        /** The next one, or null. */
        Schedule next() {
            if (question < questions.size() && answer == questions.get(question).answer()) {
                question++;
                answer = 0;
            }
            if (question == questions.size()) {
                return null;
            }
            answer++;
            List<Deviation> more = new ArrayList<>(before);
            more.add(questions.get(question).with(answer));
            return new Schedule(more);
        }
    }
}
