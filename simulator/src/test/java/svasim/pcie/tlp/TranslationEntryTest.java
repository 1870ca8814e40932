package svasim.pcie.tlp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationEntryTest {
    @ParameterizedTest
    @CsvSource({
        "0x0, 12, 0x0",
        "0x345678000, 12, 0x345678000",
        "0x12344000, 13, 0x12344800",
        "0x12340000, 14, 0x12341800",
        "0x12340000, 16, 0x12347800",
        "0x12200000, 21, 0x122FF800",
        "0x1240000000, 30, 0x125FFFF800",
        "0x40000000, 25, 0x40FFF800",
        "0x0, 64, 0x7FFFFFFFFFFFF800"
    })
    void shouldCodeSizeBelowTheBase(String base, int shift, String code) {
        long entry = Long.decode(code);

        assertEquals(entry, TranslationEntry.range(Long.decode(base), shift));
        assertEquals(shift, TranslationEntry.shift(entry));
        assertEquals(Long.decode(base), TranslationEntry.base(entry));
    }

    @Property(seed = "1")
    void shouldFindSizeAndBaseOfAnyRange(
            @ForAll long address, @ForAll @IntRange(min = 12, max = 63) int shift) {
        long entry = TranslationEntry.range(address, shift);

        assertEquals(shift, TranslationEntry.shift(entry));
        assertEquals(address & -1L << shift, TranslationEntry.base(entry));
    }

    @Test
    void shouldIgnoreFlagsInSizeAndBase() {
        long entry = 0x12400FF83BL;

        assertEquals(21, TranslationEntry.shift(entry));
        assertEquals(0x1240000000L, TranslationEntry.base(entry));
    }
}
