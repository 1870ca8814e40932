package svasim.scenario;

import java.util.List;
import java.util.Map;
import svasim.units.Require;

/**
 * What a lesson says around its scenario; the story that it tells is the first variant that is no
 * what-if, or the scenario as it stands if every variant is one.
 *
 * @param number place in the course, from 1; without it the lesson is outside the course
 * @param prediction question that learners answer for themselves before they run it
 * @param explanation what happens and why, read after the run
 * @param exercise something to change or to find out, with the scenario as the starting point
 * @param teacher note for who teaches it
 * @param profiles hardware profiles whose runs are shown side by side, a tab each; the scenario's
 *     own machine alone if absent
 * @param whatIf variants that learners may compare the story with, each with one sentence on what
 *     is different
 * @param quiz moments before which the quiz stops and asks; chosen from the run if absent
 */
public record Lesson(
        Integer number,
        String prediction,
        String explanation,
        String exercise,
        String teacher,
        List<String> profiles,
        Map<String, String> whatIf,
        List<Stop> quiz) {
    public Lesson {
        Require.that(number == null || number > 0, "number", number, "a positive number");
        prediction = prediction == null ? "" : prediction;
        explanation = explanation == null ? "" : explanation;
        exercise = exercise == null ? "" : exercise;
        teacher = teacher == null ? "" : teacher;
        profiles = profiles == null ? List.of() : List.copyOf(profiles);
        whatIf = whatIf == null ? Map.of() : whatIf;
        quiz = quiz == null ? List.of() : List.copyOf(quiz);
    }

    /** Nothing is said. */
    public static Lesson none() {
        return new Lesson(null, null, null, null, null, null, null, null);
    }

    /** Without what only a file with variants can say. */
    Lesson withoutVariants() {
        return new Lesson(
                number, prediction, explanation, exercise, teacher, profiles, Map.of(), quiz);
    }

    /**
     * A moment before which the quiz stops.
     *
     * @param before a step ("intel_pasid_clear_entry/clear PASID entry", perhaps with {@literal " @
     *     task"}) or an observation ("page-requested")
     * @param nth which of several such moments; 1 if it is absent
     */
    public record Stop(String before, Integer nth) {
        public Stop {
            Require.that(before != null, "before", before, "a step or an observation");
            nth = nth == null ? 1 : nth;
            Require.positive("nth", nth);
        }
    }
}
