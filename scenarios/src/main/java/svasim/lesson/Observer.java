package svasim.lesson;

import svasim.lesson.quiz.Reading;
import svasim.lesson.story.Recorder;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;

/** Writes the story of one run down while it runs. */
public final class Observer {
    private final BoundScenario scenario;
    private final String whatIf;
    private final int limit;
    private Recorder recorder;
    private Reading reading;

    /** Of a run that is a lesson on its own. */
    public Observer(BoundScenario scenario) {
        this(scenario, "", LessonData.MOST_STEPS);
    }

    Observer(BoundScenario scenario, String whatIf, int limit) {
        this.scenario = scenario;
        this.whatIf = whatIf;
        this.limit = limit;
    }

    /** Listens to a machine that is about to start; it may have run for some steps. */
    public void attach(Simulation simulation) {
        recorder =
                new Recorder(
                        simulation.machine(),
                        Runner.namer(simulation),
                        Runner.sentences(simulation),
                        limit);
        simulation.trace().add(recorder);
        reading = new Reading(simulation.trace(), Runner.sentences(simulation), limit);
        simulation.trace().add(reading);
    }

    /** The page's data, after the run. */
    public LessonData data(RunResult result) {
        return LessonData.of(telling(result), result.seed());
    }

    Telling telling(RunResult result) {
        return new Telling(scenario, whatIf, result, recorder, reading);
    }
}
