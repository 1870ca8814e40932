package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import svasim.scenario.Lesson;
import svasim.trace.Kind;

/** The questions about one story. */
public final class Quiz {
    /** Questions of a quiz at most. */
    public static final int MOST = 12;

    /** Moments that a template tries in one round. */
    private static final int TRIES = 40;

    private static final List<Template> TEMPLATES =
            List.of(
                    new NextStep(),
                    new WhyNow(),
                    new AtcLookUp(),
                    new PasidStateNow(),
                    new AnsweringMessage(),
                    new Actor(),
                    new AtcContents(),
                    new Invalidations(),
                    new WalkLength(),
                    new TableWord(),
                    new IotlbLookUp());

    private final Reading reading;
    private final long seed;
    private final List<Question> questions = new ArrayList<>();
    private final Set<Integer> taken = new HashSet<>();
    private final Set<String> texts = new HashSet<>();

    private Quiz(Reading reading, long seed) {
        this.reading = reading;
        this.seed = seed;
    }

    /**
     * Questions in the order of their steps, the same for the same run and seed.
     *
     * @param stops moments that the lesson wants to be asked about; others are added
     */
    public static List<Question> of(Reading reading, List<Lesson.Stop> stops, long seed) {
        Quiz quiz = new Quiz(reading, seed);
        stops.forEach(quiz::stop);
        for (int round = 0; round < MOST && quiz.questions.size() < MOST; round++) {
            quiz.round(round);
        }
        quiz.questions.sort(Comparator.comparingInt(Question::step));
        return quiz.questions;
    }

    /** Names of all templates. */
    static List<String> templates() {
        return TEMPLATES.stream().map(Template::name).toList();
    }

    private Draw draw(Template template, int round) {
        return new Draw(seed * 1_000_003 + template.name().hashCode() * 31L + round);
    }

    /** Asks before a moment, and if nothing can be asked there, before the step after it. */
    private void stop(Lesson.Stop stop) {
        NamedMoment moment = NamedMoment.of(stop.before());
        List<Integer> steps = reading.all(step -> moment.is(reading.at(step), reading.lane(step)));
        if (steps.size() < stop.nth()) {
            return;
        }
        int step = steps.get(stop.nth() - 1);
        Draw order = new Draw(seed + step);
        for (int at = step; at <= step + 1; at++) {
            for (Template template : order.shuffled(TEMPLATES)) {
                if (template.moments(reading).contains(at) && add(template, at, 0)) {
                    return;
                }
            }
        }
    }

    /** What comes before the first program does anything is asked about only if a stop says so. */
    private List<Integer> moments(Template template) {
        int begin = Math.max(0, reading.first(0, step -> reading.kind(step) == Kind.FILE_OPENED));
        return template.moments(reading).stream().filter(step -> step > begin).toList();
    }

    /** One question of each template. */
    private void round(int round) {
        for (Template template : TEMPLATES) {
            List<Integer> moments = draw(template, round).shuffled(moments(template));
            int tries = 0;
            while (tries < Math.min(TRIES, moments.size())
                    && questions.size() < MOST
                    && !add(template, moments.get(tries), round)) {
                tries++;
            }
        }
    }

    private boolean add(Template template, int step, int round) {
        if (taken.contains(step)) {
            return false;
        }
        Question question = template.ask(reading, step, draw(template, round));
        if (question == null || !texts.add(question.question())) {
            return false;
        }
        taken.add(step);
        return questions.add(question);
    }
}
