package svasim.device.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.units.Picoseconds;

class LoadTest {
    @Test
    void shouldBeOnePieceAtOnceIfNothingIsSaid() {
        Load load = Load.of(null, null, null, null, null);

        assertTrue(load.isSingle());
        assertFalse(Load.of(2, null, null, null, null).isSingle());
        assertEquals(Arrivals.Process.CLOSED, load.arrivals().process());
    }

    @ParameterizedTest
    @CsvSource({
        "count, 0, , , , ",
        "depth, 4, 0, , , ",
        "depth, 4, 2, FIXED, 5, ",
        "interval, 4, , POISSON, , ",
        "interval, 4, 2, , 5, ",
        "burst, 4, , BURSTS, 5, ",
        "burst, 4, , BURSTS, 5, 1",
        "burst, 4, , FIXED, 5, 2"
    })
    void shouldNameTheKeyThatDoesNotFit(
            String key,
            Integer count,
            Integer depth,
            Arrivals.Process arrivals,
            Long micros,
            Integer burst) {
        Picoseconds interval = micros == null ? null : Picoseconds.ofMicros(micros);
        String message =
                assertThrows(
                                IllegalArgumentException.class,
                                () -> Load.of(count, depth, arrivals, interval, burst))
                        .getMessage();

        assertTrue(message.contains(key), message);
    }
}
