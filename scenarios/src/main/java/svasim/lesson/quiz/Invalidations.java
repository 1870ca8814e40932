package svasim.lesson.quiz;

import java.util.List;
import svasim.report.Seen;
import svasim.trace.Kind;

/** How many devices' answers does an unmap wait for? */
final class Invalidations implements Template {
    @Override
    public String name() {
        return "invalidations";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(step -> step > 0 && reading.kind(step - 1) == Kind.RANGE_INVALIDATE);
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int begin = step - 1;
        Seen range = reading.at(begin);
        int end = reading.first(step, at -> isEnd(range, reading.at(at)));
        if (end == Reading.NONE) {
            return null;
        }
        int own = 0;
        int all = 0;
        for (int at = begin; at < end; at++) {
            if (reading.kind(at) == Kind.INVALIDATION_SENT) {
                all++;
                own += reading.leads(begin, at) ? 1 : 0;
            }
        }
        if (own != all) {
            return null;
        }
        return question(
                step,
                "Just now: "
                        + reading.tell(begin)
                        + " How many invalidations must devices complete before its frames may be"
                        + " used again?",
                draw.number(own),
                end,
                reading.tell(end));
    }

    private static boolean isEnd(Seen range, Seen end) {
        return end.kind() == Kind.RANGE_INVALIDATED
                && end.a() == range.a()
                && end.b() == range.b()
                && end.c() == range.c();
    }
}
