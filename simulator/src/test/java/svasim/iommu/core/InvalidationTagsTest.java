package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;

class InvalidationTagsTest {
    private static final long TIMEOUT_PS = 1_000;

    private final Kernel kernel = new Kernel();
    private final List<String> told = new ArrayList<>();
    private final InvalidationTags tags =
            new InvalidationTags(
                    kernel,
                    () -> TIMEOUT_PS,
                    new InvalidationTags.Listener() {
                        @Override
                        public void completed(int requesterId, int itag) {
                            told.add("done " + requesterId + "/" + itag);
                        }

                        @Override
                        public void timedOut(int requesterId, int itag) {
                            told.add("late " + requesterId + "/" + itag);
                        }
                    });

    @Test
    void shouldTakeTheLowestFreeTagOfEachFunction() {
        assertEquals(0, tags.take(7));
        assertEquals(1, tags.take(7));
        assertEquals(0, tags.take(8));
        tags.complete(7, 1, 1);

        assertEquals(0, tags.take(7));
        assertEquals(2, tags.outstanding(7));
    }

    @Test
    void shouldHave32Tags() {
        for (int i = 0; i < InvalidationTags.TAGS; i++) {
            assertEquals(i, tags.take(7));
        }
        assertEquals(InvalidationTags.NONE_FREE, tags.take(7));
    }

    @Test
    void shouldCompleteSeveralTagsAtOnce() {
        tags.take(7);
        tags.take(7);

        assertTrue(tags.complete(7, 0b11, 1));
        assertEquals(List.of("done 7/0", "done 7/1"), told);
        assertEquals(0, tags.outstanding());
    }

    @Test
    void shouldWaitForAsManyCompletionsAsTheDeviceAnnounces() {
        tags.take(7);
        tags.complete(7, 1, 3);
        tags.complete(7, 1, 3);
        assertEquals(1, tags.outstanding());

        tags.complete(7, 1, 3);
        assertEquals(0, tags.outstanding());
    }

    @Test
    void shouldRefuseCompletionThatNobodyWaitsFor() {
        tags.take(7);

        assertFalse(tags.complete(8, 1, 1), "another function");
        assertFalse(tags.complete(7, 0, 1), "no tag");
        assertFalse(tags.complete(7, 0b11, 1), "one tag too many");
        assertEquals(1, tags.outstanding());
    }

    @Test
    void shouldGiveUpAtTheTimeoutAndNotBefore() {
        tags.take(7);
        kernel.run(TIMEOUT_PS - 1, Long.MAX_VALUE);
        assertEquals(List.of(), told);

        kernel.run(TIMEOUT_PS, Long.MAX_VALUE);
        assertEquals(List.of("late 7/0"), told);
    }

    @Test
    void shouldCountTheTimeoutOfAReusedTagFromItsReuse() {
        tags.take(7);
        tags.take(7);
        kernel.run(600, Long.MAX_VALUE);
        tags.complete(7, 1, 1);
        assertEquals(0, tags.take(7));

        kernel.run(TIMEOUT_PS, Long.MAX_VALUE);
        assertEquals(List.of("done 7/0", "late 7/1"), told);
        kernel.run(TIMEOUT_PS + 600, Long.MAX_VALUE);
        assertEquals("late 7/0", told.get(2));
    }

    @Test
    void shouldLeaveNothingToWaitForOnceAllIsAnswered() {
        tags.take(7);
        tags.complete(7, 1, 1);

        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
        assertEquals(0, kernel.nowPs());
    }
}
