package svasim.paging;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Sizes of groups of descriptors with the Contiguous bit (reference smmuv3.md, 4.2). */
class ContiguousGroupsTest {
    private static final long CONTIGUOUS = 1L << 52;

    @ParameterizedTest
    @CsvSource({
        "KIB_4, 1, 34",
        "KIB_4, 2, 25",
        "KIB_4, 3, 16",
        "KIB_16, 2, 30",
        "KIB_16, 3, 21",
        "KIB_64, 2, 34",
        "KIB_64, 3, 21"
    })
    void shouldBeAsLargeAsTheGranuleAndLevelSay(Granule granule, int level, int shift) {
        var format = new VmsaStage1Format(granule, false);
        int counted = VmsaFormat.level(level);

        assertEquals(shift, format.groupShift(CONTIGUOUS, counted));
        assertEquals(format.shift(counted), format.groupShift(~CONTIGUOUS, counted));
    }
}
