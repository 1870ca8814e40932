package svasim.iommu.smmuv2;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SmmuV2ConfigTest {
    /** Else the effective values of one scenario would differ from run to run. */
    @Test
    void shouldNameItsFeaturesInOneOrder() {
        Map<String, Long> features =
                Map.of("ID1.NUMCB", 8L, "ID0.NUMSMRG", 16L, "ID0.CTTW", 1L, "ID2.IAS", 5L);
        SmmuV2Config config = SmmuV2Config.defaults().withFeatures(features);

        assertEquals(
                List.copyOf(new TreeSet<>(features.keySet())),
                List.copyOf(config.features().keySet()));
    }
}
