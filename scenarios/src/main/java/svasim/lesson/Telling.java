package svasim.lesson;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import svasim.check.Violation;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.lesson.quiz.Question;
import svasim.lesson.quiz.Quiz;
import svasim.lesson.quiz.Reading;
import svasim.lesson.story.Moment;
import svasim.lesson.story.Recorder;
import svasim.lesson.story.Window;
import svasim.machine.IommuConfig;
import svasim.run.RunResult;
import svasim.run.Runner;
import svasim.run.Summary;
import svasim.scenario.BoundScenario;
import svasim.scenario.Lesson;

/**
 * One run with its story.
 *
 * @param whatIf one sentence on what is different from the lesson's own story; empty for that one
 * @param recorder has written the story down
 * @param reading has the steps themselves
 * @param stops moments of the reading before which the quiz stops
 * @param opens step that a page opens at
 */
public record Telling(
        BoundScenario scenario,
        String whatIf,
        RunResult result,
        Recorder recorder,
        Reading reading,
        List<Lesson.Stop> stops,
        int opens) {
    /** Moments that are compared at most; the table of their partners grows with the square. */
    private static final int MOST_KEYS = 3000;

    private static final Map<IommuConfig.Unit, String> LABELS =
            Map.of(
                    IommuConfig.Unit.NONE, "no IOMMU",
                    IommuConfig.Unit.VTD, "VT-d",
                    IommuConfig.Unit.SMMUV3, "SMMUv3",
                    IommuConfig.Unit.AMDVI, "AMD-Vi",
                    IommuConfig.Unit.SMMUV2, "SMMUv2",
                    IommuConfig.Unit.VIRTIO, "virtio-iommu");

    /**
     * Runs it; a second time if another part of it should be told than its beginning.
     *
     * @param from where the user wants to begin; null if that was not said
     */
    static Telling of(
            Runner runner, BoundScenario scenario, String whatIf, long seed, int limit, From from) {
        Observer first = new Observer(scenario, whatIf, Window.first(limit), from);
        RunResult result = run(runner, scenario, seed, first);
        return of(runner, first, result, seed, limit);
    }

    /** Of a run that has been observed; it is run again if another part of it should be told. */
    static Telling of(Runner runner, Observer observer, RunResult result, long seed, int limit) {
        Window wanted = observer.wanted(limit);
        if (observer.hasSeen(wanted) || result.end() == Kernel.End.STOPPED) {
            return observer.telling(result, wanted);
        }
        Observer again = observer.again(wanted);
        return again.telling(run(runner, result.scenario(), seed, again), wanted);
    }

    private static RunResult run(
            Runner runner, BoundScenario scenario, long seed, Observer observer) {
        return runner.run(scenario, seed, Choices.PLAIN, observer::attach);
    }

    /** Questions about the story. */
    public List<Question> quiz(long seed) {
        return Quiz.of(reading, stops, seed);
    }

    /** What the scenario's file says around the story. */
    public Lesson lesson() {
        Lesson lesson = scenario.scenario().lesson();
        return lesson == null ? Lesson.none() : lesson;
    }

    /** Whether the simulated machine ended as its scenario expects. */
    public boolean good() {
        return result.good();
    }

    private IommuConfig.Unit unit() {
        return scenario.scenario().machine().iommu().unit();
    }

    /** Name of the hardware profile; empty if there is none. */
    public String profile() {
        String profile = scenario.scenario().machine().profile();
        return profile == null ? "" : profile;
    }

    /** The unit's name as its makers write it. */
    public String label() {
        return LABELS.get(unit());
    }

    /** What can be compared between units: software's steps and what every unit tells alike. */
    Alignment.Keys keys() {
        Alignment.Keys all = keys(true);
        return all.keys().size() <= MOST_KEYS ? all : keys(false).first(MOST_KEYS);
    }

    private Alignment.Keys keys(boolean software) {
        Map<Long, Integer> ordinals = new HashMap<>();
        List<Integer> steps = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        List<Moment> moments = recorder.moments();
        for (int i = 0; i < moments.size(); i++) {
            Moment moment = moments.get(i);
            if (moment.isOfEveryUnit() && (software || moment.label().isEmpty())) {
                int pasid = ordinals.computeIfAbsent(moment.pasid(), p -> ordinals.size());
                steps.add(i);
                keys.add(moment.kind() + " " + pasid + " " + moment.label());
            }
        }
        return new Alignment.Keys(steps, keys);
    }

    /**
     * As a plain tree.
     *
     * @param key names the story on its page
     */
    Map<String, Object> plain(String key, String label) {
        Map<String, Object> story = new LinkedHashMap<>();
        story.put("key", key);
        story.put("label", label);
        story.put("unit", unit().name().toLowerCase(java.util.Locale.ROOT));
        story.put("profile", profile());
        story.put("variant", scenario.variant());
        story.put("whatIf", whatIf);
        story.put("hypothetical", result.hypothetical());
        story.put("endsPs", result.endPs());
        story.put("outcome", outcome());
        story.put(
                "violations",
                result.violations().stream().map(Violation::invariant).distinct().toList());
        story.put("opens", opens);
        story.putAll(recorder.plain());
        return story;
    }

    private String outcome() {
        return (result.good() ? "good, " : "not as expected, ") + Summary.invariants(result);
    }
}
