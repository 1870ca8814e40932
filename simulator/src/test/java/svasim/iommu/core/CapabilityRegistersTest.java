package svasim.iommu.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.units.Require;

class CapabilityRegistersTest {
    private final CapabilityRegisters registers =
            CapabilityRegisters.none()
                    .register("CAP", 0xFF00L)
                    .field("CAP", "LOW", 0, 4)
                    .field("CAP", "TOP", 63, 1);

    @Test
    void shouldChangeOnlyTheNamedField() {
        CapabilityRegisters changed = registers.withFeatures(Map.of("CAP.LOW", 5L, "CAP.TOP", 1L));

        assertEquals(1L << 63 | 0xFF05, changed.value("CAP"));
        assertEquals(5, changed.field("CAP.LOW"));
        assertTrue(changed.has("CAP.TOP"));
        assertEquals(0xFF00, registers.value("CAP"));
    }

    @Test
    void shouldTakeWholeRegistersAndIgnoreStrangers() {
        assertEquals(7, registers.withRegisters(Map.of("CAP", 7L, "GSTS", 1L)).value("CAP"));
    }

    @Test
    void shouldNameTheComponentOfAMistake() {
        for (Map<String, Long> wrong :
                java.util.List.of(Map.of("CAP.NO", 1L), Map.of("CAP.LOW", 16L))) {
            var violation =
                    assertThrows(Require.Violation.class, () -> registers.withFeatures(wrong));
            assertEquals("features", violation.component());
        }
    }
}
