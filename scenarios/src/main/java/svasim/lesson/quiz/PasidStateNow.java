package svasim.lesson.quiz;

import java.util.ArrayList;
import java.util.List;
import svasim.os.sva.PasidState;
import svasim.trace.Kind;

/** In which state is a PASID? */
final class PasidStateNow implements Template {
    /** Steps after a change during which it is asked. */
    private static final int SOON = 12;

    @Override
    public String name() {
        return "state";
    }

    @Override
    public List<Integer> moments(Reading reading) {
        return reading.all(
                step -> reading.simple().contains(step) && last(reading, step) >= step - SOON);
    }

    /** The last change before a step; far away if there is none. */
    private static int last(Reading reading, int step) {
        for (int before = step - 1; before >= Math.max(0, step - SOON); before--) {
            if (reading.kind(before) == Kind.PASID_STATE) {
                return before;
            }
        }
        return Integer.MIN_VALUE;
    }

    @Override
    public Question ask(Reading reading, int step, Draw draw) {
        int change = last(reading, step);
        List<String> states = new ArrayList<>();
        for (PasidState state : PasidState.values()) {
            states.add(state.toString());
        }
        return question(
                step,
                "In which state is PASID " + reading.at(change).a() + " now?",
                Draw.inOrder(reading.at(change).subject().toString(), states),
                change,
                reading.full(change) + ".");
    }
}
