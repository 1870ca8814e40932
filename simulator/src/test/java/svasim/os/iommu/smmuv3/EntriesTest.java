package svasim.os.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The vectors of the SMMUv3 reference, 11.1, as far as the driver writes such entries. */
class EntriesTest {
    private static final long PRIVATE_ASID = 1L << 47;

    @Test
    void shouldMakeStreamEntryForContexts() {
        var treatment = new StreamEntry.Treatment(true, true, false);
        long[] words = StreamEntry.contexts(0x0101_0010L, 15, StreamEntry.SUBSTREAM_0, treatment);

        assertEquals(0x7800_0000_0101_001BL, words[0]);
        assertEquals(0x0000_1000_1800_00D6L, words[1]); // S1DSS: substream 0 instead of bypass.
    }

    @Test
    void shouldMakeContextDescriptor() {
        long[] words = ContextEntry.tables(0x0102_0000L, 0x51, 5, false);

        assertEquals(0x0051_6205_C000_3510L | PRIVATE_ASID, words[0]);
        assertEquals(0x0102_0000L, words[1]);
        assertEquals(0xFF, words[3]);
    }

    @Test
    void shouldKeepQuietDescriptorValidWithoutEvents() {
        long word = ContextEntry.quiet(0x51, false)[0];

        assertTrue((word & 1L << 31) != 0);
        assertEquals(0, word & (1L << 44 | 1L << 45));
        assertTrue(ContextEntry.usesFirstWordOnly(word));
    }

    @Test
    void shouldKnowWhichEntriesLookAtOneWordOnly() {
        assertTrue(StreamEntry.usesFirstWordOnly(0));
        assertTrue(StreamEntry.usesFirstWordOnly(StreamEntry.abort()[0]));
        var treatment = new StreamEntry.Treatment(false, false, false);
        assertFalse(StreamEntry.usesFirstWordOnly(StreamEntry.contexts(0, 0, 0, treatment)[0]));
        assertFalse(ContextEntry.usesFirstWordOnly(ContextEntry.tables(0, 1, 5, false)[0]));
    }
}
