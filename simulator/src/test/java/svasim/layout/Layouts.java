package svasim.layout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Holds layouts against the accessors that hardware uses. */
public final class Layouts {
    private Layouts() {}

    /** The field has the value that the accessor reads from the same word. */
    public static void assertReads(WordLayout layout, String name, long word, long accessed) {
        Field field = layout.field(name);
        assertNotNull(field, () -> layout.name() + " has no field " + name);
        assertEquals(accessed, field.of(word), () -> layout.name() + ", " + name);
    }

    /** As above, for a field of one bit. */
    public static void assertReads(WordLayout layout, String name, long word, boolean accessed) {
        assertReads(layout, name, word, accessed ? 1 : 0);
    }
}
