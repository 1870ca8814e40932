package svasim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelTest {
    private final Kernel kernel = new Kernel();
    private final List<String> log = new ArrayList<>();
    private final EventHandler writer =
            (nowPs, kind, data) -> log.add(nowPs + ":" + kind + ":" + data);

    @Test
    void shouldRunEventsOfOneTimeInTheOrderOfScheduling() {
        kernel.at(20, writer, 1, 0);
        kernel.at(10, writer, 2, 0);
        kernel.at(20, writer, 3, 0);
        kernel.at(10, writer, 4, 0);

        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
        assertEquals(List.of("10:2:0", "10:4:0", "20:1:0", "20:3:0"), log);
        assertEquals(4, kernel.eventsRun());
    }

    @Test
    void shouldRunAnEventScheduledForNowAfterThoseThatWaitForNow() {
        kernel.at(5, (nowPs, kind, data) -> kernel.after(0, writer, 9, 0), 0, 0);
        kernel.at(5, writer, 1, 0);

        kernel.runUntilQuiet();

        assertEquals(List.of("5:1:0", "5:9:0"), log);
    }

    @Test
    void shouldCountDelaysFromTheEventThatIsHandled() {
        kernel.at(7, (nowPs, kind, data) -> kernel.after(3, writer, 0, data), 0, 42);

        kernel.runUntilQuiet();

        assertEquals(List.of("10:0:42"), log);
        assertEquals(10, kernel.nowPs());
    }

    @Test
    void shouldRefuseAnEventInThePast() {
        kernel.at(7, (nowPs, kind, data) -> kernel.at(6, writer, 0, 0), 0, 0);

        assertThrows(IllegalStateException.class, kernel::runUntilQuiet);
    }

    @Test
    void shouldRefuseADelayThatRunsOutOfTime() {
        kernel.at(7, (nowPs, kind, data) -> kernel.after(Long.MAX_VALUE, writer, 0, 0), 0, 0);

        assertThrows(IllegalStateException.class, kernel::runUntilQuiet);
    }

    @Test
    void shouldRunTheEventAtTheTimeLimitButNotTheOneBehindIt() {
        kernel.at(100, writer, 0, 0);
        kernel.at(101, writer, 1, 0);

        assertEquals(Kernel.End.TIME_LIMIT, kernel.run(100, Long.MAX_VALUE));
        assertEquals(List.of("100:0:0"), log);
        assertEquals(100, kernel.nowPs());
        assertEquals(1, kernel.eventsPending());
    }

    @Test
    void shouldOrderEventsAddedAfterATimeLimitBeforeLaterOnes() {
        kernel.at(10_000, writer, 2, 0);
        kernel.run(100, Long.MAX_VALUE);
        kernel.at(200, writer, 1, 0);

        kernel.runUntilQuiet();

        assertEquals(List.of("200:1:0", "10000:2:0"), log);
    }

    @Test
    void shouldNotTurnTheClockBack() {
        kernel.at(100, writer, 0, 0);
        kernel.runUntilQuiet();

        assertThrows(IllegalArgumentException.class, () -> kernel.run(99, 1));
        assertEquals(100, kernel.nowPs());
    }

    @Test
    void shouldStopAtTheEventLimitAndGoOnFromThere() {
        kernel.at(1, writer, 0, 0);
        kernel.at(1, writer, 1, 0);
        kernel.at(2, writer, 2, 0);

        assertEquals(Kernel.End.EVENT_LIMIT, kernel.run(Long.MAX_VALUE, 2));
        assertEquals(List.of("1:0:0", "1:1:0"), log);
        assertEquals(Kernel.End.QUIET, kernel.run(Long.MAX_VALUE, Long.MAX_VALUE));
        assertEquals("2:2:0", log.get(2));
    }

    @Test
    void shouldBeQuietWhenOnlyIdleWatchdogsAreLeft() {
        kernel.at(10, writer, 0, 0);
        kernel.at(50_000, writer, 1, 0);
        kernel.watchdogsIdle(1);

        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
        assertEquals(10, kernel.nowPs());

        kernel.watchdogsIdle(-1);

        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
        assertEquals(List.of("10:0:0", "50000:1:0"), log);
    }

    @Test
    void shouldStopAfterTheEventThatAsksForIt() {
        kernel.at(1, (nowPs, kind, data) -> kernel.stop(), 0, 0);
        kernel.at(1, writer, 0, 0);

        assertEquals(Kernel.End.STOPPED, kernel.runUntilQuiet());
        assertTrue(log.isEmpty());
        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
    }

    /** Whoever asks from another thread cannot know whether the run has begun. */
    @Test
    void shouldNotBeginARunThatWasStoppedBefore() {
        kernel.at(1, writer, 0, 0);

        kernel.stop();

        assertEquals(Kernel.End.STOPPED, kernel.runUntilQuiet());
        assertTrue(log.isEmpty());
        assertEquals(Kernel.End.QUIET, kernel.runUntilQuiet());
    }

    @Test
    void shouldBringBackTheCauseUnderWhichAnEventWasScheduled() {
        kernel.cause(7);
        kernel.at(1, (nowPs, kind, data) -> log.add("cause " + kernel.cause()), 0, 0);
        kernel.cause(8);
        kernel.at(1, (nowPs, kind, data) -> log.add("cause " + kernel.cause()), 0, 0);

        kernel.runUntilQuiet();

        assertEquals(List.of("cause 7", "cause 8"), log);
    }

    @Test
    void shouldAllocateNothingPerEvent() {
        var bean = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        var hold = new Hold(1_000);
        kernel.run(Long.MAX_VALUE, 200_000);

        long before = bean.getCurrentThreadAllocatedBytes();
        kernel.run(Long.MAX_VALUE, 1_000_000);
        long allocated = bean.getCurrentThreadAllocatedBytes() - before;

        assertEquals(1_200_000, hold.fired);
        assertTrue(allocated < 10_000, () -> allocated + " bytes for a million events");
    }

    @Test
    void shouldAnswerChoicePointsWithZeroInThePlainRun() {
        assertEquals(0, kernel.pick(new Site("a.late"), 0, 5));
    }

    @Test
    void shouldCountTheOccurrencesOfEachSiteByItself() {
        var asked =
                new Kernel(
                        0, (site, occurrence, lane, options) -> record(site, occurrence, options));
        asked.pick(new Site("a"), 0, 2);
        asked.pick(new Site("b"), 0, 3);
        asked.pick(new Site("a"), 0, 4);

        assertEquals(List.of("a#0/2", "b#0/3", "a#1/4"), log);
    }

    private int record(Site site, long occurrence, int options) {
        log.add(site.name() + "#" + occurrence + "/" + options);
        return options - 1;
    }

    @Test
    void shouldTurnAnAnswerIntoTheTimeThatSomethingIsLateBy() {
        Site site = Site.lateness("a.late", 20, 400);
        var late = new Kernel(0, (asked, occurrence, lane, options) -> (int) occurrence % options);

        assertEquals(0, late.lateness(site, 0));
        assertEquals(20, late.lateness(site, 0));
        assertEquals(400, late.lateness(site, 0));
    }

    @Test
    void shouldRefuseAnAnswerThatIsNotAmongTheOptions() {
        var wrong = new Kernel(0, (site, occurrence, lane, options) -> options);

        assertThrows(IllegalStateException.class, () -> wrong.pick(new Site("a"), 0, 2));
    }

    @Test
    void shouldRefuseASiteNameThatAListOfChoicesCouldNotHold() {
        assertThrows(IllegalArgumentException.class, () -> new Site(""));
        assertThrows(IllegalArgumentException.class, () -> new Site("a#1"));
        assertThrows(IllegalArgumentException.class, () -> new Site("a=b"));
    }

    @Test
    void shouldHandOutOneRandomStreamPerName() {
        assertSame(kernel.random("a"), kernel.random("a"));
        assertNotEquals(kernel.random("a").next(), kernel.random("b").next());
    }

    /** Events that schedule themselves again, over delays of several levels of the queue. */
    private final class Hold implements EventHandler {
        private final RandomStream random = new RandomStream(1);
        private long fired;

        Hold(int events) {
            for (int i = 0; i < events; i++) {
                kernel.at(i, this, i, i);
            }
        }

        @Override
        public void handle(long nowPs, int kind, long data) {
            fired++;
            kernel.after(1 + random.below(1L << 10 + (data & 15)), this, kind, data);
        }
    }
}
