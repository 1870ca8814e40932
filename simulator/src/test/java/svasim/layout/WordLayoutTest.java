package svasim.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** What layouts say of words. */
class WordLayoutTest {
    @Test
    void shouldReadAFieldAtItsBits() {
        WordLayout layout = WordLayout.of("entry", "1.2").with("P", 0, "").with("ADDR", 63, 12, "");

        assertEquals(1, layout.field("P").of(0x1234_5001L));
        assertEquals(0x1_2345L, layout.field("ADDR").of(0x1234_5001L));
        assertEquals(-1L << 12, layout.field("ADDR").mask());
    }

    @Test
    void shouldKnowNoFieldOfAnotherName() {
        assertNull(WordLayout.of("entry", "1.2").field("P"));
    }

    @Test
    void shouldRefuseFieldsThatOverlap() {
        WordLayout layout = WordLayout.of("entry", "1.2").with("AW", 4, 2, "");

        assertThrows(IllegalArgumentException.class, () -> layout.with("PGTT", 6, 4, ""));
    }

    @Test
    void shouldRefuseBitsThatAWordDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> new Field("F", 64, 0, ""));
        assertThrows(IllegalArgumentException.class, () -> new Field("F", 1, 2, ""));
        assertThrows(IllegalArgumentException.class, () -> new Field("F", 1, -1, ""));
    }

    @Property
    void shouldPutAFieldBackWhereItWas(
            @ForAll long word,
            @ForAll @IntRange(max = 63) int one,
            @ForAll @IntRange(max = 63) int other) {
        int low = Math.min(one, other);
        Field field = new Field("F", Math.max(one, other), low, "");

        assertEquals(word & field.mask(), field.of(word) << low);
    }
}
