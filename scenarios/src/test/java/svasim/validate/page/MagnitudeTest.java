package svasim.validate.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MagnitudeTest {
    @ParameterizedTest
    @CsvSource({
        "512B, 512, true",
        "1536KiB, 1572864, true",
        "1GiB, 1073741824, true",
        "171500ps, 171500, false",
        "1.5us, 1500000, false",
        "30, 30, false"
    })
    void shouldReadSizesTimesAndNumbers(String text, double number, boolean size) {
        assertEquals(new Magnitude(number, size), Magnitude.of(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "", "strict", "3 bananas", "0B", "-4KiB"})
    void shouldKnowNoNumberInOtherWords(String text) {
        assertNull(Magnitude.of(text));
    }

    @Test
    void shouldFindRoundTicksWithinTheAxis() {
        Scale scale = Scale.even(0, 97, 0, 100);

        assertEquals(0, scale.ticks().get(0));
        assertEquals(20, scale.ticks().get(1));
        scale.ticks().forEach(tick -> assertEquals(0, tick % 20));
    }
}
