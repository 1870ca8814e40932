package svasim.explore;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines of a story that are told. The light ones go first, of those the old ones. The last ones
 * before the end are worth more, and so are the steps by which others overtook what was late: there
 * the run took another course.
 */
final class Selection {
    /** Lines at the end that are worth more. */
    private static final int LATE = 4;

    private static final int BONUS_OF_LATE = 4;
    private static final int BONUS_OF_OVERTAKING = 2;

    private final List<Told> lines;
    private final List<Mark> marks;
    private final Map<Told, Integer> worth = new HashMap<>();

    private Selection(List<Told> lines, List<Mark> marks) {
        this.lines = lines;
        this.marks = marks;
    }

    /**
     * @param marks where the run left the plain one
     * @param most lines
     */
    static List<Told> of(List<Told> lines, List<Mark> marks, int most) {
        Selection selection = new Selection(lines, marks);
        selection.weigh();
        List<Told> byWorth = new ArrayList<>(lines);
        byWorth.sort(Comparator.comparing(selection.worth::get));
        Set<Told> dropped = new HashSet<>(byWorth.subList(0, Math.max(0, lines.size() - most)));
        return lines.stream().filter(line -> !dropped.contains(line)).toList();
    }

    private void weigh() {
        Set<String> told = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            Told line = lines.get(i);
            boolean overtakes = overtakes(line) && told.add(line.lane() + line.subject());
            worth.put(
                    line,
                    line.weight()
                            + (i >= lines.size() - LATE ? BONUS_OF_LATE : 0)
                            + (overtakes ? BONUS_OF_OVERTAKING : 0));
        }
    }

    private boolean overtakes(Told line) {
        return line.isSteps()
                && line.weight() > Concern.PLUMBING
                && marks.stream().anyMatch(mark -> overtakes(line, mark));
    }

    private static boolean overtakes(Told line, Mark mark) {
        return line.timePs() > mark.timePs()
                && line.timePs() < mark.timePs() + mark.delayPs()
                && !line.lane().equals(mark.place().lane());
    }
}
