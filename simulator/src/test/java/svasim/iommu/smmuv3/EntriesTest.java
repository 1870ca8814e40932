package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The vectors of the SMMUv3 reference, 11.1, as far as the driver writes such entries. */
class EntriesTest {
    private static final long PRIVATE_ASID = 1L << 47;

    @Test
    void shouldMakeStreamEntryForContexts() {
        var treatment = new StreamTableEntry.Treatment(true, true, false);
        var entry =
                StreamTableEntry.contexts(
                        0x0101_0010L, 15, StreamTableEntry.USE_SUBSTREAM_0, treatment);

        assertEquals(0x7800_0000_0101_001BL, entry.w0());
        assertEquals(0x0000_1000_1800_00D6L, entry.w1()); // S1DSS: substream 0 instead of bypass.
    }

    @Test
    void shouldMakeContextDescriptor() {
        var entry = ContextDescriptor.tables(0x0102_0000L, 0x51, 5, false);

        assertEquals(0x0051_6205_C000_3510L | PRIVATE_ASID, entry.w0());
        assertEquals(0x0102_0000L, entry.w1());
        assertEquals(0xFF, entry.w3());
    }

    @Test
    void shouldKeepQuietDescriptorValidWithoutEvents() {
        long word = ContextDescriptor.quiet(0x51, false).w0();

        assertTrue((word & 1L << 31) != 0);
        assertEquals(0, word & (1L << 44 | 1L << 45));
        assertTrue(ContextDescriptor.usesFirstWordOnly(word));
    }

    @Test
    void shouldReportFromAQuietDescriptorOnlyOnDemand() {
        var quiet = ContextDescriptor.quiet(0x51, false);

        assertEquals(quiet.w0() | 1L << 45, quiet.reporting().w0());
        assertEquals(quiet.w3(), quiet.reporting().w3());
    }

    @Test
    void shouldKnowWhichEntriesLookAtOneWordOnly() {
        assertTrue(StreamTableEntry.usesFirstWordOnly(0));
        assertTrue(StreamTableEntry.usesFirstWordOnly(StreamTableEntry.ABORTING.w0()));
        var treatment = new StreamTableEntry.Treatment(false, false, false);
        assertFalse(
                StreamTableEntry.usesFirstWordOnly(
                        StreamTableEntry.contexts(0, 0, 0, treatment).w0()));
        assertFalse(
                ContextDescriptor.usesFirstWordOnly(ContextDescriptor.tables(0, 1, 5, false).w0()));
    }
}
