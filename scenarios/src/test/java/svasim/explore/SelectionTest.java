package svasim.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.Site;

/** Which lines of a long story are told. */
class SelectionTest {
    private static final int MOST = 4;
    private static final long DELAY_PS = 1000;

    private static final Mark LATE =
            new Mark(
                    new Place(new Source(Site.lateness("a.late", DELAY_PS), "app"), 0),
                    1,
                    0,
                    0,
                    100);

    private final List<Told> lines = new ArrayList<>();

    private Told line(int weight, long timePs, String lane, String text) {
        Told line = new Told(weight, timePs, lane, lane, text);
        lines.add(line);
        return line;
    }

    private void steps(int weight, long timePs, String lane, String procedure) {
        line(weight, timePs, lane, procedure).addStep("step");
    }

    private void end() {
        for (int i = 0; i < MOST - 2; i++) {
            line(Concern.POINT, 5000, "checker", "end " + i);
        }
    }

    private List<String> told() {
        return Selection.of(lines, List.of(LATE), MOST).stream().map(Told::subject).toList();
    }

    @Test
    void shouldTellAllOfAShortStory() {
        line(Concern.STEP, 1, "app", "one");
        line(Concern.PLUMBING, 2, "app", "two");

        assertEquals(List.of("one", "two"), told());
    }

    @Test
    void shouldLeaveOutTheLightOnesFirstAndOfThoseTheOldOnes() {
        line(Concern.TURN, 1, "app", "turn");
        line(Concern.STEP, 2, "app", "old");
        line(Concern.PLUMBING, 3, "app", "light");
        line(Concern.STEP, 4, "app", "young");
        line(Concern.STEP, 4, "app", "late");
        line(Concern.STEP, 4, "app", "later");
        end();

        assertEquals(List.of("late", "later", "end 0", "end 1"), told());
        lines.removeIf(line -> line.subject().startsWith("late"));
        assertEquals(List.of("turn", "young", "end 0", "end 1"), told());
    }

    @Test
    void shouldPreferStepsThatOvertakeWhatIsLate() {
        steps(Concern.STEP, 50, "other", "before");
        steps(Concern.STEP, 200, "app", "its own");
        steps(Concern.STEP, 300, "other", "overtakes");
        steps(Concern.STEP, 400, "other", "overtakes");
        steps(Concern.PLUMBING, 500, "other", "carries");
        steps(Concern.STEP, 2000, "other", "behind");
        line(Concern.EVENT, 3000, "other", "event");
        line(Concern.EVENT, 3000, "other", "event");
        end();

        List<String> told =
                Selection.of(lines, List.of(LATE), MOST + 1).stream().map(Told::subject).toList();
        assertEquals(List.of("overtakes", "event", "event", "end 0", "end 1"), told);
    }
}
