package svasim.lesson;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import svasim.lesson.quiz.NamedMoment;
import svasim.lesson.story.Window;
import svasim.report.Listener;
import svasim.report.Seen;
import svasim.scenario.Lesson;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Counts the steps of a run and finds those that matter, to choose what a page shows of them. */
final class Survey implements Listener {
    private final Trace trace;
    private final From from;
    private final List<Stop> stops;
    private int steps;
    private int broken = Window.NONE;
    private int asked = Window.NONE;

    /** A stop of the quiz, and the steps that are such moments. */
    private static final class Stop {
        private final Lesson.Stop stop;
        private final NamedMoment moment;
        private final List<Integer> steps = new ArrayList<>();

        Stop(Lesson.Stop stop) {
            this.stop = stop;
            this.moment = NamedMoment.of(stop.before());
        }

        /** The stop as it is counted in a part of the run; null if it comes before. */
        Lesson.Stop within(Window window) {
            int before = (int) steps.stream().filter(step -> step < window.from()).count();
            return stop.nth() <= before
                    ? null
                    : new Lesson.Stop(stop.before(), stop.nth() - before);
        }
    }

    /**
     * @param from where the user wants to begin; null if that was not said
     */
    Survey(Trace trace, List<Lesson.Stop> stops, From from) {
        this.trace = trace;
        this.stops = stops.stream().map(Stop::new).toList();
        this.from = from;
    }

    @Override
    public boolean wants(Kind kind) {
        return true;
    }

    @Override
    public void on(Seen seen) {
        int step = steps++;
        if (seen.kind() == Kind.VIOLATION && broken == Window.NONE) {
            broken = step;
        }
        if (from != null && asked == Window.NONE && from.isReached(step, seen.timePs())) {
            asked = step;
        }
        for (Stop stop : stops) {
            if (stop.moment.is(seen, trace.laneName(seen.lane()))) {
                stop.steps.add(step);
            }
        }
    }

    /**
     * What to show of the run: what the user asked for, else the first broken invariant, else where
     * the quiz stops first, else the beginning.
     */
    Window window(int limit) {
        if (from != null) {
            int begin = asked == Window.NONE ? steps - 1 : asked;
            int first = Math.max(0, Math.min(begin, steps - limit));
            return new Window(first, limit, begin, "from " + from);
        }
        if (steps <= limit) {
            return Window.first(limit);
        }
        if (broken != Window.NONE) {
            return Window.around(broken, steps, limit, "around the first broken invariant");
        }
        int stop = firstStop();
        return stop == Window.NONE
                ? Window.first(limit)
                : Window.around(stop, steps, limit, "around the first question of the lesson");
    }

    private int firstStop() {
        return stops.stream()
                .filter(one -> one.steps.size() >= one.stop.nth())
                .mapToInt(one -> one.steps.get(one.stop.nth() - 1))
                .min()
                .orElse(Window.NONE);
    }

    /** The lesson's stops, as they are counted in a part of the run. */
    List<Lesson.Stop> stops(Window window) {
        return stops.stream().map(stop -> stop.within(window)).filter(Objects::nonNull).toList();
    }
}
