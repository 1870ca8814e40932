package svasim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.kernel.Kernel;
import svasim.stats.Statistics;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** Times of page requests by process. */
class PageRequestLatencyTest {
    private static final int DEVICE = 0x0100;
    private static final long VA = 0x7000;

    private final Kernel kernel = new Kernel();
    private final Trace trace = new Trace(kernel);
    private final Statistics statistics = new Statistics();
    private final int card = trace.lane("card");
    private final int disk = trace.lane("disk");

    @BeforeEach
    void bindTwoProcesses() {
        trace.add(new PageRequestLatency(statistics));
        trace.tell(Kind.MM_CREATED, trace.lane("a"), 1, 0, 0, "a");
        trace.tell(Kind.MM_CREATED, trace.lane("b"), 2, 0, 0, "b");
        trace.tell(Kind.BOUND, card, 5, DEVICE, 1);
        trace.tell(Kind.BOUND, card, 6, DEVICE, 2);
    }

    private void pass(long ps) {
        kernel.after(ps, (nowPs, kind, data) -> {}, 0, 0);
        kernel.runUntilQuiet();
    }

    private long count(String process) {
        return statistics.latencies().get("os.pageRequest." + process + ".ps").getTotalCount();
    }

    private boolean isKnown(String process) {
        return statistics.latencies().containsKey("os.pageRequest." + process + ".ps");
    }

    private long longest(String process) {
        return statistics.latencies().get("os.pageRequest." + process + ".ps").getMaxValue();
    }

    @Test
    void shouldKeepTheTimesOfProcessesApart() {
        trace.tell(Kind.PAGE_REQUESTED, card, 5, VA, 0);
        trace.tell(Kind.PAGE_REQUESTED, card, 6, VA, 1);
        pass(100);
        trace.tell(Kind.PAGE_GROUP_ANSWERED, card, 6, 1, 0);
        pass(200);
        trace.tell(Kind.PAGE_GROUP_ANSWERED, card, 5, 0, 0);

        assertEquals(300, longest("a"));
        assertEquals(100, longest("b"));
    }

    @Test
    void shouldNotMistakeTheSameIndexOfAnotherDevice() {
        trace.tell(Kind.PAGE_REQUESTED, card, 5, VA, 0);
        pass(100);
        trace.tell(Kind.PAGE_REQUESTED, disk, 6, VA, 0);
        pass(50);
        trace.tell(Kind.PAGE_GROUP_ANSWERED, disk, 6, 0, 0);

        assertFalse(isKnown("a"));
        assertEquals(50, longest("b"));
    }

    @Test
    void shouldCountTheSecondBondOfAProcessWithItsFirst() {
        trace.tell(Kind.BOUND, disk, 5, DEVICE + 1, 1);
        trace.tell(Kind.PAGE_REQUESTED, disk, 5, VA, 0);
        pass(1);
        trace.tell(Kind.PAGE_GROUP_ANSWERED, disk, 5, 0, 0);

        assertEquals(1, count("a"));
    }

    @Test
    void shouldHaveNothingForAProcessWhoseDevicesMissNoPage() {
        assertFalse(isKnown("a"));
    }
}
