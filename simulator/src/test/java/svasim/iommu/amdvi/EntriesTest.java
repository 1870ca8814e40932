package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** The vectors of the AMD-Vi reference, 8.1, 8.2 and 8.6. */
class EntriesTest {
    private static final long WITHOUT_PASID_TOO = 1L << 54;

    @Test
    void shouldMakeDeviceEntryWithGuestTables() {
        assertEquals(
                0x6190_0000_0000_0003L | WITHOUT_PASID_TOO,
                DeviceTableEntry.guest(
                        0x0120_0000L, 2, new DeviceTableEntry.Answers(true, false), true));
        assertEquals(0x0000_0001_0240_0051L, DeviceTableEntry.tags(0x51, 0x0120_0000L, true));
    }

    @Test
    void shouldMakeDeviceEntryWithHostTables() {
        assertEquals(0x6000_0000_0122_0803L, DeviceTableEntry.host(0x0122_0000L, 4));
        assertEquals(0x52, DeviceTableEntry.tags(0x52, 0, false));
    }

    @Test
    void shouldReadPageRequest() {
        var entry = new PprEntry(0x1164_02A5_5123_3A2AL, 0x7F3A_5C6D_7000L);

        assertEquals(0x3A2A, entry.deviceId());
        assertEquals(0x5123, entry.pasid());
        assertEquals(0xA5, entry.groupIndex());
        assertTrue(entry.isLast() && entry.isGuest() && entry.isOfProcess());
        assertTrue(entry.isThere() && (entry.reads() || entry.writes()));
        assertFalse(new PprEntry(0, 0).isThere());
    }
}
