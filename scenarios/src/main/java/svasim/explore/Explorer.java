package svasim.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import svasim.kernel.RandomStream;
import svasim.run.Runner;
import svasim.scenario.BoundScenario;

/** Searches the schedules of one scenario. */
public final class Explorer {
    private final Attempts attempts;
    private final long seed;

    /**
     * A search.
     *
     * @param seed of the scenario's own randomness, and of the search
     */
    public Explorer(Runner runner, BoundScenario scenario, long seed) {
        this.attempts = new Attempts(runner, scenario, seed);
        this.seed = seed;
    }

    /**
     * What a search found.
     *
     * @param runs that were made
     * @param complete whether every schedule that was to be searched was run
     * @param schedule shortest that fails, or null if none was found
     * @param failures what broke
     * @param deviations what the schedule has late or otherwise, a sentence each
     * @param story lines, empty if none was found
     * @param report of what broke, in lines
     */
    public record Finding(
            int runs,
            boolean complete,
            Schedule schedule,
            Set<String> failures,
            List<String> deviations,
            List<String> story,
            List<String> report) {
        private static Finding nothing(int runs, boolean complete) {
            return new Finding(runs, complete, null, Set.of(), List.of(), List.of(), List.of());
        }
    }

    /** Runs with random deviations, until one fails. */
    public Finding random(int runs) {
        Attempts.Attempt plain = attempts.run(Schedule.PLAIN.choices());
        if (plain.failed()) {
            return found(plain);
        }
        RandomStream random = new RandomStream(seed);
        while (attempts.count() < runs) {
            Attempts.Attempt attempt =
                    attempts.run(
                            new RandomAnswers(new RandomStream(random.next()), plain.questions()));
            if (attempt.failed()) {
                return found(shrunk(attempt));
            }
        }
        return Finding.nothing(attempts.count(), false);
    }

    /**
     * Runs every schedule with at most so many deviations, fewest first.
     *
     * @param runs after which the search is given up
     */
    public Finding exhaustive(int depth, int runs) {
        Deque<Schedule> waiting = new ArrayDeque<>(List.of(Schedule.PLAIN));
        while (!waiting.isEmpty() && attempts.count() < runs) {
            Schedule schedule = waiting.poll();
            Attempts.Attempt attempt = attempts.run(schedule.choices());
            if (attempt.failed()) {
                return found(shrunk(attempt));
            }
            if (schedule.deviations().size() < depth) {
                waiting.addAll(extensions(schedule, attempt.questions()));
            }
        }
        return Finding.nothing(attempts.count(), waiting.isEmpty());
    }

    /** The schedule and one deviation more, at each question behind its last deviation. */
    private static List<Schedule> extensions(Schedule schedule, List<Recorder.Question> questions) {
        List<Schedule> extensions = new ArrayList<>();
        for (int i = questions.size() - 1; i >= 0 && questions.get(i).answer() == 0; i--) {
            Recorder.Question question = questions.get(i);
            for (int answer = 1; answer < question.options(); answer++) {
                List<Deviation> more = new ArrayList<>(schedule.deviations());
                more.add(new Deviation(question.site(), question.occurrence(), answer));
                extensions.add(new Schedule(more));
            }
        }
        return extensions;
    }

    /** Runs one schedule again. */
    public Finding replay(Schedule schedule) {
        Attempts.Attempt attempt = attempts.run(schedule.choices());
        return attempt.failed() ? found(attempt) : Finding.nothing(attempts.count(), true);
    }

    private Attempts.Attempt shrunk(Attempts.Attempt failed) {
        List<Deviation> fewest =
                Shrinker.shrink(
                        failed.schedule().deviations(),
                        deviations -> failsAlike(deviations, failed.failures()));
        return attempts.run(new Schedule(fewest).choices());
    }

    private boolean failsAlike(List<Deviation> deviations, Set<String> failures) {
        Set<String> now = attempts.run(new Schedule(deviations).choices()).failures();
        return now.stream().anyMatch(failures::contains);
    }

    private Finding found(Attempts.Attempt attempt) {
        Chronicle chronicle = Chronicle.of(attempts, attempt.schedule());
        Story.Text story = Story.of(chronicle, attempt.failures());
        return new Finding(
                attempts.count(),
                true,
                attempt.schedule(),
                attempt.failures(),
                story.deviations(),
                story.lines(),
                attempt.report());
    }
}
