package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.iommu.amdvi.DeviceTableEntryCheck.Verdict;

/** Which device table entries are illegal (amdvi.md, 2). */
class DeviceTableEntryCheckTest {
    private static final long VALID = 0b11;

    private static Verdict check(String feature, long value, long q0, long q2) {
        Features features =
                AmdViConfig.defaults().withFeatures(Map.of("EFR." + feature, value)).decoded();
        return new DeviceTableEntryCheck(features).check(new DeviceTableEntry(q0, 0, q2, 0));
    }

    @ParameterizedTest
    @CsvSource({"2", "3", "4", "5", "6", "63"})
    void shouldRefuseReservedBits(int bit) {
        assertEquals(Verdict.RESERVED_BIT, check("HATS", 2, VALID | 1L << bit, 0));
        assertEquals(Verdict.RESERVED_BIT, check("HATS", 2, 1 | 1L << bit, 0), "TV=0");
    }

    /** HATS 0 to 2 allow 4 to 6 levels, 3 none. */
    @ParameterizedTest
    @CsvSource({
        "0, 4, LEGAL", "0, 5, ILLEGAL_VALUE", "1, 5, LEGAL", "1, 6, ILLEGAL_VALUE",
        "2, 6, LEGAL", "2, 7, ILLEGAL_VALUE", "3, 0, LEGAL", "3, 1, ILLEGAL_VALUE"
    })
    void shouldRefuseModesThatTheUnitLacks(long hats, long mode, Verdict expected) {
        assertEquals(expected, check("HATS", hats, VALID | mode << 9, 0));
        assertEquals(Verdict.LEGAL, check("HATS", hats, 1 | mode << 9, 0), "TV=0");
    }

    @ParameterizedTest
    @CsvSource({
        "2, 2, LEGAL",
        "2, 3, ILLEGAL_VALUE",
        "1, 2, ILLEGAL_VALUE",
        "0, 0, LEGAL",
        "0, 1, ILLEGAL_VALUE",
        "3, 3, ILLEGAL_VALUE"
    })
    void shouldRefuseMoreGcr3LevelsThanTheUnitHas(long glxSup, long glx, Verdict expected) {
        assertEquals(expected, check("GLXSup", glxSup, VALID | 1L << 55 | glx << 56, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, LEGAL",
        "1, 1, LEGAL",
        "0, 1, ILLEGAL_VALUE",
        "1, 2, ILLEGAL_VALUE",
        "1, 3, ILLEGAL_VALUE"
    })
    void shouldRefuseGuestLevelsThatTheUnitLacks(long gats, long gpm, Verdict expected) {
        assertEquals(expected, check("GATS", gats, VALID | 1L << 55, gpm << 54));
    }

    @ParameterizedTest
    @CsvSource({
        "GTSup, 0x80000000000000",
        "GIoSup, 0xC0000000000000",
    })
    void shouldRefuseGuestTranslationWithoutItsFeature(String feature, String bits) {
        long q0 = VALID | Long.decode(bits);

        assertEquals(Verdict.ILLEGAL_VALUE, check(feature, 0, q0, 0));
        assertEquals(Verdict.LEGAL, check(feature, 1, q0, 0));
    }
}
