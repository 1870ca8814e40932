package svasim.pcie.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CreditCounterTest {
    @Test
    void shouldCompareHeadersModulo256() {
        CreditCounter counter = new CreditCounter(1, CreditCounter.HEADER_BITS, 1);
        counter.consume(0xFE);
        counter.advertise(0x05);
        assertTrue(counter.covers(1));

        counter.advertise(0xFE);
        assertFalse(counter.covers(1));
    }

    @Test
    void shouldCompareDataModulo4096() {
        CreditCounter counter = new CreditCounter(1, CreditCounter.DATA_BITS, 1);
        counter.consume(0xFF8);
        counter.advertise(0x010);

        assertTrue(counter.covers(16));
        assertTrue(counter.covers(24));
        assertFalse(counter.covers(25));
    }

    @Test
    void shouldNeverRunOutOfInfiniteCredits() {
        CreditCounter counter = new CreditCounter(0, CreditCounter.HEADER_BITS, 1);
        for (int i = 0; i < 1000; i++) {
            assertTrue(counter.covers(1));
            counter.consume(1);
        }
        assertEquals(0, counter.advertised());
    }

    @Test
    void shouldTellScaledCreditsInTheirUnitOnly() {
        CreditCounter receiver = new CreditCounter(784, CreditCounter.HEADER_BITS, 16);
        receiver.free(15);
        assertEquals(784 / 16, receiver.advertised(), "15 more are not yet one unit");

        receiver.free(1);
        assertEquals(784 / 16 + 1, receiver.advertised());
    }

    /** The sender's count after any traffic is what the receiver has free. */
    @Property(tries = 200, seed = "1")
    void shouldAgreeAtBothEnds(
            @ForAll @IntRange(min = 1, max = 127) int pool,
            @ForAll @IntRange(min = 1, max = 2000) int packets) {
        CreditCounter sender = new CreditCounter(pool, CreditCounter.HEADER_BITS, 1);
        CreditCounter receiver = new CreditCounter(pool, CreditCounter.HEADER_BITS, 1);
        int held = 0;
        for (int i = 0; i < packets; i++) {
            assertEquals(held < pool, sender.covers(1));
            if (sender.covers(1)) {
                sender.consume(1);
                held++;
            }
            if (i % 3 == 0 && held > 0) {
                receiver.free(1);
                held--;
                sender.advertise(receiver.advertised());
            }
        }
        assertEquals(pool - held, sender.available());
    }
}
