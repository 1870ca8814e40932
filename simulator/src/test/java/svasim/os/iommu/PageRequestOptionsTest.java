package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What an administrator chooses of page requests. */
class PageRequestOptionsTest {
    @Test
    void shouldLeaveSizesToTheDrivers() {
        PageRequestOptions options = new PageRequestOptions();

        assertEquals(11, options.log2Entries(2048));
        assertEquals(32, options.allocation(32));
        assertTrue(options.hasRoom(1_000_000));
    }

    @Test
    void shouldRoundEntriesUpToAPowerOfTwo() {
        assertEquals(7, new PageRequestOptions(128, null, null, null).log2Entries(2048));
        assertEquals(8, new PageRequestOptions(129, null, null, null).log2Entries(2048));
        assertEquals(0, new PageRequestOptions(1, null, null, null).log2Entries(2048));
    }

    @Test
    void shouldHaveRoomBelowTheLimitOnly() {
        PageRequestOptions two = new PageRequestOptions(null, null, 2, null);

        assertTrue(two.hasRoom(1));
        assertFalse(two.hasRoom(2));
    }
}
