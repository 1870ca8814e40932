package svasim.os.defect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The switches by their numbers. */
class DefectTest {
    @ParameterizedTest
    @EnumSource
    void shouldBeFoundByItsNumber(Defect defect) {
        assertEquals(Optional.of(defect), Defect.of(defect.id()));
        assertTrue(defect.id().matches("S\\d\\d|I-\\d\\d"), defect.id());
    }

    @ParameterizedTest
    @EnumSource
    void shouldBeOffUnlessAskedFor(Defect defect) {
        assertFalse(Defects.NONE.has(defect));
        assertTrue(Defects.of(defect).has(defect));
        assertTrue(new Defects(List.of(defect)).has(defect));
    }

    @Test
    void shouldFindNothingForUnknownNumber() {
        assertEquals(Optional.empty(), Defect.of("S99"));
    }

    @Test
    void shouldBeOnTogetherWithOthers() {
        Defects two = Defects.of(Defect.S18, Defect.I_01);

        assertTrue(two.has(Defect.S18));
        assertTrue(two.has(Defect.I_01));
        assertFalse(two.has(Defect.S03));
    }

    @Test
    void shouldDescribeEachBugInItsOwnWords() {
        assertEquals(
                Defect.values().length,
                Stream.of(Defect.values()).map(Defect::description).distinct().count());
    }
}
