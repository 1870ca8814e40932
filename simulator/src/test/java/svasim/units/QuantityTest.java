package svasim.units;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {
    @ParameterizedTest
    @CsvSource({
        "0ps, 0",
        "25ns, 25000",
        "1.5us, 1500000",
        "0.001ns, 1",
        "3 ms, 3000000000",
        "2s, 2000000000000"
    })
    void shouldReadTimesInPicoseconds(String text, long picoseconds) {
        assertEquals(picoseconds, Picoseconds.parse(text).value());
    }

    @ParameterizedTest
    @CsvSource({
        "0B, 0",
        "8KiB, 8192",
        "1.5MiB, 1572864",
        "64GiB, 68719476736",
        "1TiB, 1099511627776"
    })
    void shouldReadSizesInBytes(String text, long bytes) {
        assertEquals(bytes, ByteSize.parse(text).bytes());
    }

    @ParameterizedTest
    @CsvSource({"1B/s, 1", "2.5kB/s, 2500", "100MB/s, 100000000", "30GB/s, 30000000000"})
    void shouldReadRatesInBytesPerSecond(String text, long rate) {
        assertEquals(rate, Bandwidth.parse(text).bytesPerSecond());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "25",
                "ns",
                "-1ns",
                "25 n s",
                "25NS",
                "1e3ns",
                "0.0001ns",
                "0x10ns",
                "1,5ns",
                ".5ns",
                "9223372036854775808ps",
                "10000000s",
                "99999999999999999999ns"
            })
    void shouldRefuseWhatIsNoTimeAndSayWhatIsExpected(String text) {
        var refusal = assertThrows(IllegalArgumentException.class, () -> Picoseconds.parse(text));

        assertTrue(refusal.getMessage().contains(Picoseconds.EXPECTED), refusal::getMessage);
    }

    @Test
    void shouldRefuseAPartOfAByte() {
        assertThrows(IllegalArgumentException.class, () -> ByteSize.parse("0.5B"));
    }

    @Test
    void shouldRefuseNegativeAmounts() {
        assertThrows(IllegalArgumentException.class, () -> new Picoseconds(-1));
        assertThrows(IllegalArgumentException.class, () -> new ByteSize(-1));
        assertThrows(IllegalArgumentException.class, () -> new Bandwidth(0));
        assertThrows(IllegalArgumentException.class, () -> Bandwidth.parse("0B/s"));
    }

    @Test
    void shouldRefuseAmountsThatNoLongHolds() {
        assertThrows(ArithmeticException.class, () -> Picoseconds.ofMicros(1L << 60));
        assertThrows(ArithmeticException.class, () -> ByteSize.ofGiB(1L << 40));
        assertThrows(ArithmeticException.class, () -> new Bandwidth(1).transferPs(1L << 30));
    }

    @Property(seed = "42")
    void shouldReadWhatItWrites(@ForAll @LongRange(min = 0) long amount) {
        assertEquals(amount, Picoseconds.parse(new Picoseconds(amount).toString()).value());
        assertEquals(amount, ByteSize.parse(new ByteSize(amount).toString()).bytes());
    }

    @ParameterizedTest
    @CsvSource({"0, 0ps", "1500, 1500ps", "2000000, 2us", "25000, 25ns", "60000000000000, 60s"})
    void shouldWriteTimesInTheLargestUnitThatIsExact(long picoseconds, String text) {
        assertEquals(text, new Picoseconds(picoseconds).toString());
    }

    @Test
    void shouldOrderBySize() {
        assertTrue(Picoseconds.ofNanos(1).compareTo(Picoseconds.ofMicros(1)) < 0);
        assertTrue(ByteSize.ofGiB(1).compareTo(ByteSize.ofMiB(1023)) > 0);
        assertEquals(ByteSize.ofKiB(1024), ByteSize.ofMiB(1));
    }

    @Property(seed = "42")
    void shouldRoundTransfersUpToWholePicoseconds(
            @ForAll @LongRange(min = 1, max = 1L << 42) long rate,
            @ForAll @LongRange(min = 0, max = 1L << 33) long bytes) {
        BigInteger exact =
                new BigDecimal(bytes)
                        .movePointRight(12)
                        .divide(new BigDecimal(rate), 0, RoundingMode.CEILING)
                        .toBigInteger();

        if (exact.bitLength() < Long.SIZE) {
            assertEquals(exact.longValue(), new Bandwidth(rate).transferPs(bytes));
        } else {
            assertThrows(ArithmeticException.class, () -> new Bandwidth(rate).transferPs(bytes));
        }
    }
}
