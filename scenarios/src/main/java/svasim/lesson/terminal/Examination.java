package svasim.lesson.terminal;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import svasim.lesson.Telling;
import svasim.lesson.quiz.Question;
import svasim.scenario.Home;

/** Asks the questions of a quiz, and keeps what was answered. */
public final class Examination {
    private static final int NOT_ANSWERED = -1;

    private final Telling telling;
    private final Script script;
    private final long seed;
    private final List<Question> questions;
    private final List<Integer> given = new ArrayList<>();

    public Examination(Telling telling, long seed) {
        this.telling = telling;
        this.script = new Script(telling);
        this.seed = seed;
        this.questions = telling.quiz(seed);
    }

    /** Asks until the last question, {@code q}, or the end of input. */
    public void run(Prompt prompt) throws IOException {
        PrintWriter out = prompt.out();
        out.println(telling.scenario().scenario().title() + ": " + questions.size() + " questions");
        boolean open = true;
        for (Question question : questions) {
            int answer = NOT_ANSWERED;
            if (open) {
                ask(question, out);
                answer = answer(question, prompt);
                open = answer != NOT_ANSWERED;
            }
            given.add(answer);
            if (answer != NOT_ANSWERED) {
                judge(question, answer, out);
            }
        }
        out.println();
        out.println(right() + " of " + questions.size() + " right");
    }

    private void ask(Question question, PrintWriter out) {
        out.println();
        String head =
                String.format(
                        "%d of %d, before step %d: ",
                        given.size() + 1, questions.size(), Script.number(question.step()));
        Lines.wrap(head + question.question(), "", "  ").forEach(out::println);
        for (int i = 0; i < question.choices().size(); i++) {
            Lines.wrap(question.choices().get(i), "  " + letter(i) + ") ", "     ")
                    .forEach(out::println);
        }
    }

    /** Asks again until it is one of the choices. */
    private static int answer(Question question, Prompt prompt) throws IOException {
        char last = letter(question.choices().size() - 1);
        while (true) {
            String line = prompt.ask();
            String word = line == null ? "q" : line.strip().toLowerCase(Locale.ROOT);
            if (word.equals("q") || word.equals("quit")) {
                return NOT_ANSWERED;
            }
            if (word.length() == 1 && word.charAt(0) >= 'a' && word.charAt(0) <= last) {
                return word.charAt(0) - 'a';
            }
            prompt.out()
                    .println("Please answer with a letter from a to " + last + ", or q to stop.");
        }
    }

    private void judge(Question question, int answer, PrintWriter out) {
        if (answer == question.answer()) {
            out.println("Right.");
        } else {
            out.println("No, it is " + letter(question.answer()) + ".");
            Lines.wrap("Step " + Script.number(question.shows()) + " shows why:", "  ", "  ")
                    .forEach(out::println);
            script.lines(question.shows(), false).forEach(out::println);
        }
        boolean said = script.reading().tell(question.shows()).equals(question.why());
        if (answer == question.answer() || !said) {
            Lines.wrap(question.why(), "  ", "  ").forEach(out::println);
        }
    }

    static char letter(int choice) {
        return (char) ('a' + choice);
    }

    private int right() {
        int right = 0;
        for (int i = 0; i < given.size(); i++) {
            right += given.get(i) == questions.get(i).answer() ? 1 : 0;
        }
        return right;
    }

    /** Whether every question was answered rightly. */
    public boolean passed() {
        return given.size() == questions.size() && right() == questions.size();
    }

    /** The key: every question with its right choice. */
    public List<String> key() {
        List<String> lines = new ArrayList<>();
        for (Question question : questions) {
            int number = questions.indexOf(question) + 1;
            String head = number + ", before step " + Script.number(question.step()) + ": ";
            lines.addAll(Lines.wrap(head + question.question(), "", "  "));
            String right = letter(question.answer()) + ") " + question.right();
            lines.addAll(Lines.wrap(right, "  ", "     "));
            String why = "step " + Script.number(question.shows()) + ": " + question.why();
            lines.addAll(Lines.wrap(why, "     ", "     "));
        }
        String note = telling.lesson().teacher();
        if (!note.isEmpty()) {
            lines.add("");
            lines.add("Note for teachers");
            lines.addAll(Lines.wrap(note, "  ", "  "));
        }
        return lines;
    }

    /** For grading; a question that was not answered has null. */
    public Map<String, Object> plain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("lesson", Home.name(Path.of(telling.scenario().file().name())));
        plain.put("title", telling.scenario().scenario().title());
        plain.put("profile", telling.profile());
        plain.put("seed", seed);
        plain.put("questions", questions.size());
        if (!given.isEmpty()) {
            plain.put("answered", given.stream().filter(one -> one != NOT_ANSWERED).count());
            plain.put("right", right());
        }
        plain.put("answers", answers());
        return plain;
    }

    private List<Object> answers() {
        List<Object> all = new ArrayList<>();
        for (int i = 0; i < questions.size(); i++) {
            Question question = questions.get(i);
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("template", question.template());
            plain.put("step", Script.number(question.step()));
            plain.put("question", question.question());
            plain.put("choices", question.choices());
            plain.put("answer", question.answer());
            if (!given.isEmpty()) {
                int answer = given.get(i);
                plain.put("given", answer == NOT_ANSWERED ? null : answer);
                plain.put("right", answer == question.answer());
            }
            plain.put("shows", Script.number(question.shows()));
            plain.put("why", question.why());
            all.add(plain);
        }
        return all;
    }
}
