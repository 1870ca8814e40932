package svasim.device.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import svasim.kernel.RandomStream;

class ArrivalsTest {
    private static final long INTERVAL_PS = 1_000_000;
    private static final int PACKETS = 20_000;

    @Test
    void shouldComeAfterTheSameTimeAlways() {
        Arrivals fixed = new Arrivals(Arrivals.Process.FIXED, INTERVAL_PS, 1);

        assertEquals(0, gap(fixed, 0));
        assertEquals(INTERVAL_PS, gap(fixed, 1));
        assertEquals(INTERVAL_PS, gap(fixed, 7));
    }

    @Test
    void shouldComeInBurstsWithTheSameMeanRate() {
        Arrivals bursts = new Arrivals(Arrivals.Process.BURSTS, INTERVAL_PS, 4);

        assertEquals(0, gap(bursts, 3));
        assertEquals(4 * INTERVAL_PS, gap(bursts, 4));
        assertEquals(0, gap(bursts, 5));
        assertEquals(4 * INTERVAL_PS, gap(bursts, 8));
    }

    /** Of an exponential distribution, mean and standard deviation are the same. */
    @Test
    void shouldComeIndependentlyOfEachOther() {
        Arrivals poisson = new Arrivals(Arrivals.Process.POISSON, INTERVAL_PS, 1);
        RandomStream random = new RandomStream(1);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < PACKETS; i++) {
            double gap = poisson.gapPs(i, random);
            sum += gap;
            squares += gap * gap;
        }
        double mean = sum / PACKETS;
        double deviation = Math.sqrt(squares / PACKETS - mean * mean);

        assertEquals(INTERVAL_PS, mean, INTERVAL_PS * 0.03);
        assertEquals(INTERVAL_PS, deviation, INTERVAL_PS * 0.03);
    }

    @Test
    void shouldWaitForNoTimeInAClosedLoop() {
        Arrivals closed = new Arrivals(Arrivals.Process.CLOSED, 0, 1);

        assertTrue(closed.isClosed());
        assertEquals(0, gap(closed, 5));
    }

    private static long gap(Arrivals arrivals, long number) {
        return arrivals.gapPs(number, new RandomStream(1));
    }
}
