package svasim.units;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequireTest {
    @Test
    void shouldNameTheComponentAndWhatWasExpectedOfIt() {
        var violation =
                assertThrows(Require.Violation.class, () -> Require.range("ways", 0, 1, 64));

        assertEquals("ways", violation.component());
        assertEquals("1 to 64", violation.expected());
        assertEquals("ways is 0, expected 1 to 64", violation.getMessage());
    }

    @Test
    void shouldAcceptBothEndsOfARange() {
        assertDoesNotThrow(() -> Require.range("ways", 1, 1, 64));
        assertDoesNotThrow(() -> Require.range("ways", 64, 1, 64));
        assertThrows(Require.Violation.class, () -> Require.range("ways", 65, 1, 64));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -1, 3, 12, Long.MIN_VALUE})
    void shouldRefuseWhatIsNoPowerOfTwo(long value) {
        assertThrows(Require.Violation.class, () -> Require.powerOfTwo("sets", value));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 64, 1L << 62})
    void shouldAcceptPowersOfTwo(long value) {
        assertDoesNotThrow(() -> Require.powerOfTwo("sets", value));
    }

    @Test
    void shouldRefuseZeroWhereSomethingMustBePositive() {
        assertDoesNotThrow(() -> Require.positive("banks", 1));
        assertThrows(Require.Violation.class, () -> Require.positive("banks", 0));
    }

    @Test
    void shouldListWhatIsAllowed() {
        assertDoesNotThrow(() -> Require.oneOf("generation", 3, List.of(3, 4)));

        var violation =
                assertThrows(
                        Require.Violation.class,
                        () -> Require.oneOf("generation", 6, List.of(3, 4)));

        assertEquals("one of [3, 4]", violation.expected());
    }
}
