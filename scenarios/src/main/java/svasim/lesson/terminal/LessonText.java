package svasim.lesson.terminal;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import svasim.lesson.Telling;
import svasim.lesson.story.Phase;
import svasim.scenario.Lesson;
import svasim.scenario.Scenario;

/** A lesson to be read from the top: aim, prediction, story by chapters, explanation, exercise. */
public final class LessonText {
    private final Telling telling;
    private final Script script;
    private final List<String> lines = new ArrayList<>();

    private LessonText(Telling telling) {
        this.telling = telling;
        this.script = new Script(telling);
    }

    /**
     * @param name that the lesson was asked for by
     */
    public static List<String> of(Telling telling, String name) {
        LessonText text = new LessonText(telling);
        text.head();
        text.story();
        Lesson lesson = telling.lesson();
        text.part("What happened, and why", lesson.explanation());
        text.part("Exercise", lesson.exercise());
        text.lines.add("");
        text.lines.add("one step at a time: svasim lesson " + name + " --step");
        text.lines.add("questions:          svasim lesson " + name + " --quiz --seed 1");
        return text.lines;
    }

    private void head() {
        Scenario scenario = telling.scenario().scenario();
        Integer number = telling.lesson().number();
        lines.add((number == null ? "" : "Lesson " + number + ": ") + scenario.title());
        if (!scenario.aim().isEmpty()) {
            lines.addAll(Lines.wrap(scenario.aim(), "  ", "  "));
        }
        part("Before you go on, predict", telling.lesson().prediction());
    }

    private void part(String head, String text) {
        if (!text.isEmpty()) {
            lines.add("");
            lines.add(head);
            lines.addAll(Lines.wrap(text, "  ", "  "));
        }
    }

    /** Steps of the simple view, with a head where each chapter of the life begins. */
    private void story() {
        List<Integer> steps = script.steps(false);
        lines.add("");
        lines.add(
                String.format(
                        "The story on %s%s: %d of %d steps, the simple view",
                        telling.label(),
                        telling.profile().isEmpty() ? "" : " (" + telling.profile() + ")",
                        steps.size(),
                        script.reading().size()));
        Set<Phase> chapters = EnumSet.noneOf(Phase.class);
        for (int step : steps) {
            Phase phase = script.phase(step);
            if (phase != null && chapters.add(phase)) {
                lines.add("");
                lines.add(phase.word());
            }
            lines.addAll(script.lines(step, false));
        }
    }
}
