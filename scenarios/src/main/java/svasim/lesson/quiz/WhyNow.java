package svasim.lesson.quiz;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import svasim.trace.Kind;

/** Why does something happen now? The wrong choices have not led to it. */
final class WhyNow implements Template {
    private static final String BECAUSE = "Because ";

    /** Causes of causes whose kinds are no wrong choices. */
    private static final int NEAR = 6;

    @Override
    public String name() {
        return "why";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step -> {
                    int cause = cause(reading, step);
                    return reading.simple().contains(step)
                            && cause != Reading.NONE
                            && reading.kind(cause) != Kind.STEP
                            && reading.kind(cause) != reading.kind(step);
                });
    }

    private static int cause(Reading reading, int step) {
        return reading.nearest(step, reading.simple()::contains);
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int cause = cause(reading, step);
        Set<Kind> near = EnumSet.of(Kind.STEP, reading.kind(step));
        int at = cause;
        for (int i = 0; i < NEAR && at != Reading.NONE; i++) {
            near.add(reading.kind(at));
            at = cause(reading, at);
        }
        Set<Integer> ancestors = reading.ancestors(step);
        Set<String> right = new HashSet<>();
        ancestors.forEach(ancestor -> right.add(reading.why(ancestor)));
        Set<String> wrong = new TreeSet<>();
        for (int other : reading.simple()) {
            if (!ancestors.contains(other) && !near.contains(reading.kind(other))) {
                wrong.add(reading.why(other));
            }
        }
        wrong.removeAll(right);
        return question(
                step,
                "Next: " + reading.tell(step) + " Why now?",
                draw.choices(
                        BECAUSE + reading.why(cause) + ".",
                        wrong.stream().map(why -> BECAUSE + why + ".").toList()),
                cause,
                reading.tell(cause));
    }
}
