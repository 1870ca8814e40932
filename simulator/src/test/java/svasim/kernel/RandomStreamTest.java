package svasim.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    /** First outputs of the authors' own code (splitmix64.c) for the seed 1234567. */
    @Test
    void shouldBeSplitMix64() {
        var stream = new RandomStream(1234567);

        assertEquals(6457827717110365317L, stream.next());
        assertEquals(3203168211198807973L, stream.next());
        assertEquals(Long.parseUnsignedLong("9817491932198370423"), stream.next());
    }

    @Test
    void shouldDependOnSeedAndName() {
        long plain = RandomStream.named(1, "link").next();

        assertEquals(plain, RandomStream.named(1, "link").next());
        assertNotEquals(plain, RandomStream.named(2, "link").next());
        assertNotEquals(plain, RandomStream.named(1, "knil").next());
    }

    @Property(seed = "42")
    void shouldScaleAllSixtyFourBitsToTheBound(
            @ForAll long seed, @ForAll @LongRange(min = 1) long bound) {
        long random = new RandomStream(seed).next();
        BigInteger unsigned = new BigInteger(Long.toUnsignedString(random));

        long expected = unsigned.multiply(BigInteger.valueOf(bound)).shiftRight(64).longValue();

        assertEquals(expected, new RandomStream(seed).below(bound));
        assertTrue(expected >= 0 && expected < bound);
    }

    @Test
    void shouldReachEveryValueBelowASmallBound() {
        var stream = new RandomStream(3);
        int[] counts = new int[6];
        for (int i = 0; i < 60_000; i++) {
            counts[(int) stream.below(6)]++;
        }
        for (int count : counts) {
            assertEquals(10_000, count, 500);
        }
    }

    @Test
    void shouldRefuseABoundThatLeavesNoNumber() {
        assertThrows(IllegalArgumentException.class, () -> new RandomStream(0).below(0));
    }
}
