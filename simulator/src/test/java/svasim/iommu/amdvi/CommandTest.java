package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;

/** The vectors of the AMD-Vi reference, 8.4; the driver always removes tables too (PDE). */
class CommandTest {
    private static final int DEVICE = 0x3A2A;
    private static final int PASID = 0x5123;
    private static final int DOMAIN = 0x51;
    private static final long TABLES = 1 << 1;
    private static final Block PAGE = Block.covering(0x7F3A_5C6D_7000L, 0x7F3A_5C6D_8000L);

    private static void assertWords(long word0, long word1, Command command) {
        assertEquals(Long.toHexString(word0), Long.toHexString(command.word0()));
        assertEquals(Long.toHexString(word1), Long.toHexString(command.word1()));
    }

    @Test
    void shouldStoreAtCompletion() {
        assertWords(0x1000_0000_0200_0041L, 0xCAFE, Command.completionWait(0x0200_0040L, 0xCAFE));
    }

    @Test
    void shouldNameDeviceTableEntry() {
        assertWords(0x2000_0000_0000_3A2AL, 0, Command.deviceTableEntry(DEVICE));
    }

    @Test
    void shouldNameGuestPages() {
        long word0 = 0x3000_0051_0000_5123L;
        assertWords(word0, 0x7F3A_5C6D_7004L | TABLES, Command.guestPages(DOMAIN, PASID, PAGE));
        assertWords(word0, 0x7FFF_FFFF_FFFF_F007L, Command.guestPages(DOMAIN, PASID, Block.ALL));
        Block large = Block.covering(0x7F3A_5C60_0000L, 0x7F3A_5C80_0000L);
        assertWords(word0, 0x7F3A_5C6F_F005L | TABLES, Command.guestPages(DOMAIN, PASID, large));
    }

    @Test
    void shouldNamePageOfDevice() {
        assertWords(
                0x4023_3A2A_2051_3A2AL,
                0x7F3A_5C6D_7004L,
                Command.devicePages(DEVICE, 32, PASID, PAGE));
    }

    @Test
    void shouldCodeAnswersToPageRequests() {
        assertAnswer(0x0000_00A5_0000_0004L, PageResponse.SUCCESS);
        assertAnswer(0x0000_10A5_0000_0004L, PageResponse.INVALID_REQUEST);
        assertAnswer(0x0000_F0A5_0000_0004L, PageResponse.FAILURE);
    }

    private static void assertAnswer(long word1, PageResponse response) {
        Command answer = Command.completePpr(DEVICE, PASID, 0xA5, response);
        assertWords(0x7000_5123_0000_3A2AL, word1, answer);
    }

    @Test
    void shouldNameEverything() {
        assertWords(0x8000_0000_0000_0000L, 0, Command.everything());
    }
}
