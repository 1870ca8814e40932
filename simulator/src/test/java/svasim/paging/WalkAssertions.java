package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** What is expected of a walk that has ended. */
final class WalkAssertions {
    private WalkAssertions() {}

    static void assertOutput(long expected, int pageShift, TableWalk walk) {
        assertNull(walk.fault());
        assertEquals(Walk.Step.DONE, walk.next());
        assertEquals(Long.toHexString(expected), Long.toHexString(walk.output()));
        assertEquals(pageShift, walk.pageShift());
    }

    static void assertPermissions(String expected, TableWalk walk) {
        assertEquals(Walk.Step.DONE, walk.next());
        assertEquals(expected, Access.text(walk.permissions()));
    }

    static void assertFault(WalkFault expected, int stage, WalkPlace place, TableWalk walk) {
        assertEquals(Walk.Step.FAULT, walk.next());
        assertEquals(expected, walk.fault());
        assertEquals(stage, walk.faultStage());
        assertEquals(place, walk.faultPlace());
    }

    /** A fault in the tables of the only stage. */
    static void assertFaultAt(WalkFault expected, int level, TableWalk walk) {
        assertEquals(Walk.Step.FAULT, walk.next());
        assertEquals(expected, walk.fault());
        assertEquals(level, walk.faultLevel());
    }
}
