package svasim.iommu.virtio;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VirtioConfigTest {
    /** Else the effective values of one scenario would differ from run to run. */
    @Test
    void shouldNameItsFeaturesInOneOrder() {
        VirtioConfig config =
                VirtioConfig.defaults()
                        .withFeatures(
                                Map.of("PROBE", 1L, "MMIO", 1L, "bypass", 1L, "MAP_UNMAP", 1L));

        assertEquals(
                List.of("MAP_UNMAP", "MMIO", "PROBE", "bypass"),
                List.copyOf(config.features().keySet()));
    }
}
