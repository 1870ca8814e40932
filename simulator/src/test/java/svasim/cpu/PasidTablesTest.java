package svasim.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The bits of PASID translation structures. */
class PasidTablesTest {
    private static final int GUEST = 0x9_8765;

    @Test
    void shouldSplitPasidByBits19And18To10And9To0() {
        assertTrue(PasidTables.isHigh(GUEST));
        assertEquals(0x061 * 8, PasidTables.directoryOffset(GUEST));
        assertEquals(0x365 * 4, PasidTables.tableOffset(GUEST));
        assertFalse(PasidTables.isHigh(0x7_FFFF));
        assertEquals(4096 - 8, PasidTables.directoryOffset(0x7_FFFF));
        assertEquals(4096 - 4, PasidTables.tableOffset(0x7_FFFF));
    }

    @Test
    void shouldHavePresentInBit0OfDirectoryEntry() {
        assertEquals(0x0000_0012_3456_7001L, PasidTables.directoryEntry(0x12_3456_7000L));
        assertTrue(PasidTables.isPresent(0x12_3456_7001L));
        assertFalse(PasidTables.isPresent(0x12_3456_7000L));
        assertEquals(0x12_3456_7000L, PasidTables.table(0x12_3456_7001L));
    }

    @Test
    void shouldHaveValidInBit31OfEntry() {
        assertEquals(0x8000_0005, PasidTables.entry(5));
        assertEquals(0x800F_FFFF, PasidTables.entry(0xF_FFFF));
        assertFalse(PasidTables.isValid(0x0000_0005));
        assertFalse(PasidTables.isValid(0x8010_0005), "bits 30:20 are reserved");
    }

    @Property
    void shouldReadEntryAsWritten(@ForAll @IntRange(max = 0xF_FFFF) int host) {
        assertTrue(PasidTables.isValid(PasidTables.entry(host)));
        assertEquals(host, PasidTables.hostPasid(PasidTables.entry(host)));
    }

    @Property
    void shouldHaveOnePlaceForEachPasid(@ForAll @IntRange(max = 0xF_FFFF) int guest) {
        int high = PasidTables.isHigh(guest) ? 1 : 0;
        int directory = PasidTables.directoryOffset(guest) / 8;
        int table = PasidTables.tableOffset(guest) / 4;

        assertEquals(guest, high << 19 | directory << 10 | table);
    }
}
