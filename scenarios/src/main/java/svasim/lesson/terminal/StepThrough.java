package svasim.lesson.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import svasim.lesson.Telling;
import svasim.lesson.quiz.Reading;
import svasim.trace.Kind;

/** Shows one step after the other, as a reader asks for them. */
public final class StepThrough {
    private static final String HELP =
            "Enter: next, b: back, a number: to that step, n: next chapter, w: why now,"
                    + " f: full view, s: simple view, q: quit";

    /** Causes that are told one behind the other. */
    private static final int MOST_CAUSES = 6;

    private final Script script;
    private final Prompt prompt;
    private final PrintWriter out;
    private List<Integer> steps;
    private boolean full;
    private int at;

    public StepThrough(Telling telling, Prompt prompt) {
        this.script = new Script(telling);
        this.prompt = prompt;
        this.out = prompt.out();
        this.steps = script.steps(false);
    }

    /** Runs until the last step, {@code q}, or the end of input. */
    public void run() throws IOException {
        if (steps.isEmpty()) {
            view(true);
        }
        help();
        if (steps.isEmpty()) {
            return;
        }
        show();
        for (String line = prompt.ask(); line != null; line = prompt.ask()) {
            String word = line.strip().toLowerCase(Locale.ROOT);
            if (word.equals("q") || word.equals("quit")) {
                return;
            }
            if (!obey(word)) {
                return;
            }
        }
    }

    private void help() {
        Lines.wrap(HELP, "", "  ").forEach(out::println);
    }

    /** False after the last step. */
    private boolean obey(String word) {
        switch (word) {
            case "", "next" -> {
                if (at + 1 == steps.size()) {
                    out.println("That was the last step.");
                    return false;
                }
                at++;
                show();
            }
            case "b", "back" -> {
                if (at == 0) {
                    out.println("This is the first step.");
                } else {
                    at--;
                    show();
                }
            }
            case "n" -> nextChapter();
            case "w", "why" -> why();
            case "f", "full" -> view(true);
            case "s", "simple" -> view(false);
            case "?", "h", "help" -> help();
            default -> jump(word);
        }
        return true;
    }

    private void nextChapter() {
        String here = chapter();
        int next = at;
        while (next + 1 < steps.size()) {
            next++;
            if (!script.chapter(steps.get(next), here).equals(here)) {
                at = next;
                show();
                return;
            }
        }
        out.println("This is the last chapter.");
    }

    private String chapter() {
        String chapter = "";
        for (int i = 0; i <= at; i++) {
            chapter = script.chapter(steps.get(i), chapter);
        }
        return chapter;
    }

    /** To the step of this number, or the next one that the view has. */
    private void jump(String word) {
        if (!word.matches("\\d{1,9}")) {
            out.println("\"" + word + "\" is no command.");
            help();
            return;
        }
        int number = Integer.parseInt(word);
        int last = Script.number(steps.get(steps.size() - 1));
        if (number < 1 || number > last) {
            out.println("Steps go from 1 to " + last + ".");
            return;
        }
        at = 0;
        while (Script.number(steps.get(at)) < number) {
            at++;
        }
        show();
    }

    private void why() {
        Reading reading = script.reading();
        int cause = reading.nearest(steps.get(at), steps::contains);
        if (cause == Reading.NONE) {
            out.println("Nothing before it has led to it.");
            return;
        }
        for (int i = 0; i < MOST_CAUSES && cause != Reading.NONE; i++) {
            String because = (i == 0 ? "because " : "and that, because ") + reading.why(cause);
            String after = (i == 0 ? "after: " : "and that after: ") + reading.tell(cause);
            boolean software = reading.kind(cause) == Kind.STEP;
            String led = software ? after : because;
            Lines.wrap(led + " (step " + Script.number(cause) + ")", "  ", "    ")
                    .forEach(out::println);
            cause = reading.nearest(cause, steps::contains);
        }
    }

    /** Changes the view and stays at the step, or goes to the next one that the view has. */
    private void view(boolean wanted) {
        int step = steps.isEmpty() ? 0 : steps.get(at);
        full = wanted;
        steps = script.steps(full);
        at = 0;
        while (at + 1 < steps.size() && steps.get(at) < step) {
            at++;
        }
        out.println(full ? "Full view." : "Simple view.");
        if (!steps.isEmpty()) {
            show();
        }
    }

    private void show() {
        int step = steps.get(at);
        String chapter = chapter().isEmpty() ? "" : "  [" + chapter() + "]";
        String told = full ? "" : " (" + (at + 1) + " of " + steps.size() + " that are told)";
        out.println(
                "step " + Script.number(step) + " of " + script.reading().size() + told + chapter);
        script.lines(step, full).forEach(out::println);
    }
}
