package svasim.explore;

import java.util.ArrayList;
import java.util.List;
import svasim.kernel.RandomStream;

/** Priorities of one run: lanes that were lowered are late, the last of them the most. */
final class PriorityAnswers implements Answers {
    /**
     * Place among the lanes, in the order of their first question, of the one that begins low;
     * their number if none does.
     */
    private final int firstLow;

    /** Numbers of the questions at which the lane that asks is lowered. */
    private final long[] changes;

    private final List<String> met = new ArrayList<>();

    /** Lanes that were lowered, the lowest one last. */
    private final List<String> low = new ArrayList<>();

    private long asked;

    /**
     * @param lanes in a plain run
     * @param questions in a plain run
     * @param changePoints how many
     */
    PriorityAnswers(RandomStream random, int lanes, int questions, int changePoints) {
        firstLow = (int) random.below(lanes + 1);
        changes = new long[changePoints];
        for (int i = 0; i < changePoints; i++) {
            changes[i] = random.below(questions);
        }
    }

    @Override
    public int at(Source source, long occurrence, int options) {
        String lane = source.lane();
        meet(lane);
        for (long change : changes) {
            if (change == asked) {
                lower(lane);
            }
        }
        asked++;
        int rank = low.indexOf(lane);
        return rank < 0 ? 0 : lateness(low.size() - rank, options);
    }

    /**
     * @param fromBelow 1 for the lowest lane
     */
    private static int lateness(int fromBelow, int options) {
        return Math.min(options - 1, Math.max(1, options - fromBelow));
    }

    private void meet(String lane) {
        if (met.size() <= firstLow && !met.contains(lane)) {
            if (met.size() == firstLow) {
                lower(lane);
            }
            met.add(lane);
        }
    }

    private void lower(String lane) {
        low.remove(lane);
        low.add(lane);
    }
}
