package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The vectors of the VT-d reference, 10.1 and 10.5. */
class EntriesTest {
    @Test
    void shouldMakeScalableContextEntry() {
        assertEquals(0x0100_241DL, ScalableContext.of(0x0100_2000L, 9, true, true));
    }

    @Test
    void shouldNotAllowPageRequestsWithoutAts() {
        assertEquals(0x0100_2009L, ScalableContext.of(0x0100_2000L, 7, false, true));
    }

    @Test
    void shouldMakeFirstStagePasidEntry() {
        assertEquals(0x41, PasidTableEntry.firstStage() | PasidTableEntry.PRESENT);
        assertEquals(0x80_0051, PasidTableEntry.tag(0x51, true));
        assertEquals(0x0100_4010L, PasidTableEntry.firstStageTables(0x0100_4000L));
    }

    @Test
    void shouldMakeLegacyContextEntry() {
        assertEquals(0x0101_0005L, LegacyContext.translating(0x0101_0000L, true));
        assertEquals(0x5101L, LegacyContext.tag(0x51, 3));
    }
}
