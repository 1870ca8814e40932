package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class GuestTagsTest {
    private static final int BITS = 4;
    private static final SecondStage STAGE = null;

    private final GuestTags tags = new GuestTags(BITS, true);

    @Test
    void shouldTagWithOneNumberAsLongAsAnybodyUsesIt() {
        int number = tags.use(null, STAGE);

        assertEquals((1 << BITS) - 1, number);
        assertEquals(number, tags.use(null, STAGE));
        tags.drop(null, STAGE);
        assertEquals(number, tags.of(null, STAGE));
        assertEquals(List.of(number), tags.of(STAGE));
    }

    @Test
    void shouldTagNothingWithANumberThatWasGivenBack() {
        tags.use(null, STAGE);
        tags.drop(null, STAGE);

        assertEquals(GuestTags.NONE, tags.of(null, STAGE));
        tags.drop(null, STAGE);
        assertEquals(List.of(), tags.of(STAGE));
    }
}
