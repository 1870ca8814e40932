package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What happens next? The wrong choices happen much earlier or later. */
final class NextStep implements Template {
    /** Steps of the simple view on either side that are no wrong choices. */
    private static final int NEAR = 12;

    /** Wrong choices to choose from. */
    private static final int POOL = 8;

    @Override
    public String name() {
        return "next";
    }

    /** Steps that the one shown before has led to. */
    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step -> {
                    Integer before = reading.simple().lower(step);
                    return reading.simple().contains(step)
                            && before != null
                            && reading.kind(before) != reading.kind(step)
                            && reading.nearest(step, reading.simple()::contains) == before;
                });
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        List<Integer> order = new ArrayList<>(reading.simple());
        int rank = order.indexOf(step);
        Set<String> near = new HashSet<>();
        for (int i = Math.max(0, rank - NEAR); i < Math.min(order.size(), rank + NEAR + 1); i++) {
            near.add(reading.tell(order.get(i)));
        }
        Set<String> wrong = new TreeSet<>();
        for (int other : draw.shuffled(order)) {
            boolean far = Math.abs(order.indexOf(other) - rank) > NEAR;
            if (far && reading.kind(other) != reading.kind(step) && wrong.size() < POOL) {
                wrong.add(reading.tell(other));
            }
        }
        wrong.removeAll(near);
        int before = order.get(rank - 1);
        return question(
                step,
                "Just now: " + reading.tell(before) + " What happens next?",
                draw.choices(reading.tell(step), wrong),
                step,
                "It follows because " + reading.why(before) + ".");
    }
}
