package svasim.lesson;

import svasim.lesson.quiz.Reading;
import svasim.lesson.story.Recorder;
import svasim.lesson.story.Window;
import svasim.report.Sentences;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Simulation;
import svasim.scenario.BoundScenario;
import svasim.scenario.Lesson;

/** Writes the story of one run down while it runs, or a part of it. */
public final class Observer {
    private final BoundScenario scenario;
    private final String whatIf;
    private final Window window;
    private final From from;
    private Recorder recorder;
    private Reading reading;
    private Survey survey;

    /** Of a run that is a lesson on its own. */
    public Observer(BoundScenario scenario) {
        this(scenario, "", Window.first(LessonData.MOST_STEPS), null);
    }

    Observer(BoundScenario scenario, String whatIf, Window window, From from) {
        this.scenario = scenario;
        this.whatIf = whatIf;
        this.window = window;
        this.from = from;
    }

    /** Listens to a machine that is about to start; it may have run for some steps. */
    public void attach(Simulation simulation) {
        Sentences sentences = Runner.sentences(simulation);
        recorder = new Recorder(simulation.machine(), Runner.namer(simulation), sentences, window);
        simulation.trace().add(recorder);
        reading = new Reading(simulation.trace(), sentences, window.from(), window.limit());
        simulation.trace().add(reading);
        Lesson lesson = scenario.scenario().lesson();
        survey =
                new Survey(
                        simulation.trace(),
                        lesson == null ? Lesson.none().quiz() : lesson.quiz(),
                        from);
        simulation.trace().add(survey);
    }

    /** The part of the run that a page of so many steps should show. */
    Window wanted(int limit) {
        return survey.window(limit);
    }

    /** Whether that part is what was written down. */
    boolean hasSeen(Window wanted) {
        return wanted.from() == window.from() && wanted.limit() == window.limit();
    }

    /** For the same run once more. */
    Observer again(Window wanted) {
        return new Observer(scenario, whatIf, wanted, from);
    }

    /** After the run. */
    Telling telling(RunResult result, Window wanted) {
        return new Telling(
                scenario, whatIf, result, recorder, reading, survey.stops(window), wanted.opens());
    }
}
