package svasim.check;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.trace.Kind;
import svasim.trace.TraceListener;

/** Every invariant is silent where it holds, and says exactly what breaks it. */
class InvariantStoriesTest {
    private final Stage stage = new Stage();
    private final LastObservation last = new LastObservation();

    /** Sees everything that is told of the story itself. */
    private static final class LastObservation implements TraceListener {
        private long id;

        @Override
        public boolean wants(Kind kind) {
            return kind != Kind.VIOLATION;
        }

        @Override
        public void on(
                long id,
                long cause,
                long timePs,
                Kind kind,
                int lane,
                long a,
                long b,
                long c,
                Object subject) {
            this.id = id;
        }
    }

    static List<Story> stories() {
        return Stream.of(
                        MemoryStories.all(),
                        NumberStories.all(),
                        ReferenceStories.all(),
                        PageRequestStories.all(),
                        IsolationStories.all(),
                        OrderStories.all(),
                        GuestStories.all())
                .flatMap(List::stream)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldBeSilentWhereItHolds(Story story) {
        story.keeps().accept(stage);
        stage.checker.atEnd();

        stage.assertKept();
    }

    @ParameterizedTest
    @MethodSource("stories")
    void shouldSayWhatBreaksIt(Story story) {
        stage.trace.add(last);
        story.breaks().accept(stage);
        long breaking = last.id;
        assertEquals(story.atEnd(), broken(story).isEmpty(), "found before the end");
        stage.checker.atEnd();

        Violation first = broken(story).get(0);
        assertEquals(story.detail(), first.finding().detail());
        if (!story.atEnd()) {
            List<Observation> around = first.around();
            assertEquals(breaking, around.get(around.size() - 1).id(), "the breaking observation");
        }
    }

    private List<Violation> broken(Story story) {
        return stage.checker.violations().stream()
                .filter(violation -> violation.invariant().equals(story.invariant()))
                .toList();
    }

    @Test
    void shouldHaveAStoryOfEveryInvariant() {
        List<String> told = new ArrayList<>(stories().stream().map(Story::invariant).toList());
        List<String> catalogued = Catalogue.entries().stream().map(Catalogue.Entry::id).toList();

        assertEquals(catalogued, told.stream().sorted().distinct().toList());
    }
}
