package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import svasim.run.Assembly;
import svasim.scenario.BoundScenario;

/** Searches the schedules of one scenario for one that breaks what should hold. */
public final class Explorer {
    private final Attempts attempts;
    private final long seed;
    private int runs;

    /**
     * A search.
     *
     * @param seed of the scenario's own randomness, and of the search
     */
    public Explorer(Assembly assembly, BoundScenario scenario, long seed) {
        this(new Attempts(assembly, scenario, seed), seed);
    }

    private Explorer(Attempts attempts, long seed) {
        this.attempts = attempts;
        this.seed = seed;
    }

    /**
     * A search for what does not break in another scenario under the same schedule: for what a
     * defect alone brings about, if the other one differs by that only.
     */
    public Explorer against(BoundScenario other) {
        return new Explorer(attempts.against(other), seed);
    }

    /** As {@link #search(Search, Watch)}, looked at by nobody. */
    public Finding search(Search search) {
        return search(search, Watch.NONE);
    }

    /** Runs schedules, the plain one first, until one fails; shrinks and tells that one. */
    public Finding search(Search search, Watch watch) {
        Attempts these = attempts.only(search.sites());
        Attempt plain = these.run(Schedule.PLAIN.answers(), true);
        runs = 1;
        if (plain.failed()) {
            return found(plain, List.of("the plain run fails"));
        }
        Plan plan = Plan.of(search, seed, plain);
        try (Batches batches = new Batches(these, search, watch)) {
            Attempt failed = batches.firstFailing(plan.strategy());
            runs += batches.runs();
            List<String> searched = new ArrayList<>(attempts.blindness());
            searched.addAll(plan.tell(batches.runs(), batches.isOver()));
            return failed == null
                    ? Finding.nothing(runs, searched)
                    : found(shrunk(failed), searched);
        }
    }

    /** Runs one schedule again. */
    public Finding replay(Schedule schedule) {
        Attempt attempt = attempts.run(schedule.answers(), false);
        runs = 1;
        return attempt.failed() ? found(attempt, List.of()) : Finding.nothing(runs, List.of());
    }

    private Attempt shrunk(Attempt failed) {
        Shortening shortening =
                new Shortening(deviations -> failsAlike(deviations, failed.failures()));
        return run(shortening.shortest(failed.schedule().deviations()));
    }

    private boolean failsAlike(List<Deviation> deviations, Set<String> failures) {
        return run(deviations).failures().stream().anyMatch(failures::contains);
    }

    private Attempt run(List<Deviation> deviations) {
        runs++;
        return attempts.run(new Schedule(deviations).answers(), false);
    }

    private Finding found(Attempt attempt, List<String> searched) {
        Chronicle chronicle = Chronicle.of(attempts, attempt.schedule());
        return new Finding(
                runs,
                searched,
                attempt.schedule(),
                attempt.failures(),
                Story.of(chronicle, attempt.failures()),
                attempt.report());
    }
}
