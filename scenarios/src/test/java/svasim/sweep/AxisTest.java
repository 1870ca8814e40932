package svasim.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.binding.InvalidInput;

class AxisTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    k=1,2,8              | 1 2 8
                    k=1..4               | 1 2 3 4
                    k=1..9+2             | 1 3 5 7 9
                    k=1..10+2            | 1 3 5 7 9
                    k=1..64*2            | 1 2 4 8 16 32 64
                    k=1..10*1.5          | 1 2 3 5 8
                    k=4KiB..64KiB*2      | 4KiB 8KiB 16KiB 32KiB 64KiB
                    k=512KiB..2MiB+512KiB| 512KiB 1MiB 1536KiB 2MiB
                    k=2us..4us           | 2us 3us 4us
                    k=0.5us..1us+250ns   | 500ns 750ns 1us
                    k=-2..0              | -2 -1 0
                    k=7                  | 7
                    k=1,1..3,3           | 1 2 3
                    k=on, off            | on off
                    """)
    void shouldListValuesAndRanges(String text, String values) {
        assertEquals(List.of(values.split(" ")), Axis.parse(text).values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1, 2]", "{a: 1, b: 2}", "'1,2'", "\"1..4\""})
    void shouldTakeWhatStandsInBracketsOrQuotesAsOneValue(String value) {
        assertEquals(List.of(value, "x"), Axis.parse("k=" + value + ",x").values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "k=4..1",
                "k=1..4*1",
                "k=1..4*0.5",
                "k=0..4*2",
                "k=1..4+0",
                "k=1..4+-1",
                "k=a..b",
                "k=1KiB..4",
                "k=1us..4KiB",
                "k=1..4+1us",
                "k=1..9000000000",
                "k=1..",
                "k=..4",
                "k=1..4*x",
                "k=",
                "k=1,,2",
                "k",
                "=1"
            })
    void shouldRefuseWhatIsNoList(String text) {
        InvalidInput refused = assertThrows(InvalidInput.class, () -> Axis.parse(text));

        assertTrue(refused.getMessage().contains("expected"), refused.getMessage());
    }

    @Property(tries = 200)
    void shouldCountLikeALoop(
            @ForAll @IntRange(min = -50, max = 50) int first,
            @ForAll @IntRange(max = 60) int more,
            @ForAll @IntRange(min = 1, max = 9) int step) {
        List<String> slow = new ArrayList<>();
        for (int value = first; value <= first + more; value += step) {
            slow.add(Integer.toString(value));
        }

        String text = "k=" + first + ".." + (first + more) + "+" + step;
        assertEquals(slow, Axis.parse(text).values());
    }
}
