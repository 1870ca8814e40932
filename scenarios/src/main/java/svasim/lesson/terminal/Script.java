package svasim.lesson.terminal;

import java.util.ArrayList;
import java.util.List;
import svasim.lesson.Telling;
import svasim.lesson.quiz.Reading;
import svasim.lesson.story.Phase;
import svasim.report.Times;

/** What is printed of the steps of a story. */
final class Script {
    private static final String FORMAT = "%14s  %-14s ";
    private static final String MARGIN = " ".repeat(31);

    private final Telling telling;
    private final Reading reading;

    Script(Telling telling) {
        this.telling = telling;
        this.reading = telling.reading();
    }

    Reading reading() {
        return reading;
    }

    Phase phase(int step) {
        return telling.recorder().moments().get(step).phase();
    }

    /** The chapter of a step; that of the one before if it has none. */
    String chapter(int step, String before) {
        return phase(step) == null ? before : phase(step).word();
    }

    /** Steps that are told, in one view. */
    List<Integer> steps(boolean full) {
        return full
                ? java.util.stream.IntStream.range(0, reading.size()).boxed().toList()
                : new ArrayList<>(reading.simple());
    }

    /** Time, lane and sentence of a step. */
    List<String> lines(int step, boolean full) {
        String head =
                String.format(FORMAT, Times.micros(reading.at(step).timePs()), reading.lane(step));
        String told = full ? reading.full(step) : reading.tell(step);
        return Lines.wrap(told, head, MARGIN);
    }

    /** Number of a step as learners and the page count, from 1. */
    static int number(int step) {
        return step + 1;
    }
}
