package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SerialiserTest {
    /** Exact times, rounded up to a picosecond. */
    @ParameterizedTest
    @CsvSource({
        "1, 1, 20, 80000",
        "2, 4, 24, 12000",
        "3, 8, 24, 3047",
        "3, 8, 28, 3555",
        "3, 8, 36, 4571",
        "3, 8, 280, 35547",
        "3, 8, 88, 11172",
        "3, 16, 276, 17520",
        "4, 4, 24, 3047",
        "4, 4, 8, 1016",
        "5, 16, 28, 445",
        "5, 16, 280, 4444",
        "6, 16, 236, 2000"
    })
    void shouldTakeTheTimeOfTheCodedBytes(int generation, int lanes, int bytes, long ps) {
        assertEquals(ps, new Serialiser(generation, lanes).timePs(bytes));
        assertEquals(ps, new Serialiser(generation, lanes).send(0, bytes));
    }

    @Test
    void shouldTakeTwentyFiveNanosecondsForTheUpstreamPacketsOfOneFault() {
        Serialiser wire = new Serialiser(3, 8);
        long lastPs = 0;
        for (int bytes : new int[] {28, 28, 28, 88, 24}) {
            lastPs = wire.send(0, bytes);
        }

        assertEquals(24_883, lastPs, "196 bytes in 24.8828 ns");
    }

    @Test
    void shouldStartAtOnceWhenIdle() {
        Serialiser wire = new Serialiser(3, 8);
        wire.send(0, 24);

        assertEquals(10_000 + 3047, wire.send(10_000, 24));
    }

    /** Four symbols in 1538, from generation 3 on a block of 16 in 375. */
    @ParameterizedTest
    @CsvSource({"1, 1538, 4", "2, 1538, 4", "3, 6000, 16", "5, 6000, 16"})
    void shouldSendSkipOrderedSetsOnABusyLink(int generation, int interval, int symbols) {
        int lanes = 4;
        Serialiser wire = new Serialiser(generation, lanes);
        long lastPs = 0;
        for (int bytes = 0; bytes < 100 * interval; bytes += 50) {
            lastPs = wire.send(0, 50 * lanes);
        }

        long skips = 100 * interval / (interval - symbols);
        long symbolPs = new Serialiser(generation, 1).timePs(1);
        double expectedPs = symbolPs * (100.0 * interval + skips * symbols);
        assertEquals(expectedPs, lastPs, 20.0 * symbols * symbolPs);
    }

    @Test
    void shouldSendSkipOrderedSetsForNothingOnAnIdleLink() {
        Serialiser wire = new Serialiser(1, 1);
        wire.send(0, 1);

        assertEquals(1_000_000_000 + 4000, wire.send(1_000_000_000, 1));
    }

    @Property(seed = "1")
    void shouldLoseNoFractionOverManyPackets(
            @ForAll @IntRange(min = 1, max = 5) int generation,
            @ForAll @Size(max = 10) List<@IntRange(min = 20, max = 1200) Integer> sizes) {
        Serialiser wire = new Serialiser(generation, 8);
        long lastPs = 0;
        long sum = 0;
        for (int bytes : sizes) {
            lastPs = wire.send(0, bytes);
            sum += bytes;
        }

        assertEquals(exactPs(generation, sum, 8), lastPs);
    }

    /** From the rate and the code: 2.5 GT/s with 8b/10b, 5, 8 with 128b/130b, 16, 32. */
    private static long exactPs(int generation, long bytes, int lanes) {
        long[] picosecondsPerKilotransfer = {400_000, 200_000, 125_000, 62_500, 31_250};
        long[] code = generation <= 2 ? new long[] {10, 8} : new long[] {130, 128};
        BigInteger[] parts =
                BigInteger.valueOf(bytes * 8)
                        .multiply(BigInteger.valueOf(code[0]))
                        .multiply(BigInteger.valueOf(picosecondsPerKilotransfer[generation - 1]))
                        .divideAndRemainder(BigInteger.valueOf(code[1] * lanes * 1000));
        return parts[0].longValueExact() + parts[1].signum();
    }
}
