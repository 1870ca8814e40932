package svasim.device.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.device.load.Arrivals.Process.BURSTS;
import static svasim.device.load.Arrivals.Process.FIXED;
import static svasim.device.load.Arrivals.Process.POISSON;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import svasim.os.file.Job;
import svasim.units.Picoseconds;

/** Loads on a queue that serves one piece after the other. */
class LoadRunTest {
    private static final long US = 1_000_000;
    private static final Job.Waiting ALIVE = () -> false;

    /** What the thread itself costs for a piece. */
    private static final long SLACK_PS = US / 5;

    private static Histogram of(SlowQueue queue, String name) {
        return queue.statistics.latencies().get("queue.load." + name + ".ps");
    }

    private static Load open(int count, Arrivals.Process process, Integer burst) {
        return Load.of(count, null, process, Picoseconds.ofMicros(1), burst);
    }

    private static Load closed(int count, Integer depth) {
        return Load.of(count, depth, null, null, null);
    }

    /** Piece n is meant to come at n us and ends at 3(n + 1) us, whenever it is handed in. */
    @Test
    void shouldCountTheWaitBeforeTheHandingInWhenADeviceIsTooSlow() {
        SlowQueue queue = new SlowQueue(3 * US);

        queue.run(open(100, FIXED, null), 4, ALIVE);

        assertEquals((100 * 3 - 99) * US, of(queue, "latency").getMaxValue(), US);
        assertEquals((3 + 201) / 2.0 * US, of(queue, "latency").getMean(), US);
        assertTrue(of(queue, "service").getMaxValue() <= 4 * 3 * US + SLACK_PS);
    }

    /** The device stands still for 50 us once; the 49 that come meanwhile have waited, too. */
    @Test
    void shouldNotOmitThePiecesThatADelayHasKeptBack() {
        SlowQueue smooth = new SlowQueue(US / 10);
        SlowQueue halting = new SlowQueue(US / 10).pausingAt(20, 50 * US);

        smooth.run(open(200, FIXED, null), 1, ALIVE);
        halting.run(open(200, FIXED, null), 1, ALIVE);

        assertTrue(of(smooth, "latency").getMaxValue() < US);
        long late = of(halting, "latency").getCountBetweenValues(5 * US, 60 * US);
        assertTrue(late >= 45, "only " + late + " pieces have waited");
        assertEquals(1, of(halting, "service").getCountBetweenValues(5 * US, 60 * US));
    }

    @Test
    void shouldHandInWhenAPieceIsMeantToComeAsLongAsTheDeviceKeepsUp() {
        SlowQueue queue = new SlowQueue(US / 2);

        queue.run(open(50, FIXED, null), 4, ALIVE);

        long startPs = queue.handedInPs.get(0);
        for (int i = 0; i < 50; i++) {
            assertEquals(startPs + i * US, queue.handedInPs.get(i), SLACK_PS);
        }
        assertTrue(of(queue, "latency").getMaxValue() < US / 2 + SLACK_PS);
    }

    @Test
    void shouldHandInABurstAtOnceAndThenPause() {
        SlowQueue queue = new SlowQueue(US / 10);

        queue.run(open(12, BURSTS, 4), 8, ALIVE);

        long startPs = queue.handedInPs.get(0);
        for (int i = 0; i < 12; i++) {
            assertEquals(startPs + i / 4 * 4 * US, queue.handedInPs.get(i), SLACK_PS);
        }
    }

    @Test
    void shouldRepeatArrivalsByChanceExactly() {
        SlowQueue one = new SlowQueue(US / 10);
        SlowQueue other = new SlowQueue(US / 10);

        one.run(open(50, POISSON, null), 8, ALIVE);
        other.run(open(50, POISSON, null), 8, ALIVE);

        assertEquals(one.handedInPs, other.handedInPs);
        assertEquals(50 * US, one.handedInPs.get(49) - one.handedInPs.get(0), 25 * US);
    }

    @Test
    void shouldKeepAsManyUnderWayAsTheDepthSaysInAClosedLoop() {
        for (int depth : new int[] {1, 3, 8}) {
            SlowQueue queue = new SlowQueue(US);

            queue.run(closed(40, depth), 16, ALIVE);

            assertEquals(depth, queue.mostUnderWay());
            assertEquals(depth * US, of(queue, "latency").getMaxValue(), SLACK_PS);
        }
    }

    @Test
    void shouldKeepNoMoreUnderWayThanTheQueueTakes() {
        SlowQueue queue = new SlowQueue(US);

        queue.run(closed(40, null), 5, ALIVE);

        assertEquals(5, queue.mostUnderWay());
    }

    @Test
    void shouldTellRateAndBandwidthAndTheSumOfAllPieces() {
        SlowQueue queue = new SlowQueue(US);

        Job job = queue.run(closed(100, 4), 16, ALIVE);

        assertEquals("success", job.result().status());
        assertEquals(100 * SlowQueue.PIECE_BYTES, job.result().bytes());
        assertEquals(1e6, counter(queue, "rate.hz"), 1e4);
        assertEquals(8e6 * SlowQueue.PIECE_BYTES, counter(queue, "bandwidth.bps"), 6e6);
        assertEquals(100, counter(queue, "ended"));
    }

    @Test
    void shouldTellTheFirstFailureAndGoOn() {
        SlowQueue queue = new SlowQueue(US).failing(7);

        Job job = queue.run(closed(20, 2), 16, ALIVE);

        assertEquals("broken", job.result().status());
        assertEquals(1, counter(queue, "failed"));
        assertEquals(20, counter(queue, "ended"));
    }

    @Test
    void shouldHandInNothingMoreWhenItsThreadIsKilled() {
        SlowQueue queue = new SlowQueue(US);

        Job job = queue.run(closed(20, 2), 16, () -> queue.handedInPs.size() >= 6);

        assertEquals(6, queue.handedInPs.size());
        assertNull(job.result());
    }

    private static long counter(SlowQueue queue, String name) {
        return queue.statistics.counters().get("queue.load." + name).value();
    }
}
