package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import svasim.iommu.core.Block;
import svasim.iommu.core.PageResponse;
import svasim.pcie.tlp.PasidPrefix;

/** The vectors of the SMMUv3 reference, 11.4. */
class CommandTest {
    private static final int SID = 0x3A2A;
    private static final int SSID = 0x5123;
    private static final Block PAGE = Block.covering(0x7F3A_5C6D_7000L, 0x7F3A_5C6D_8000L);

    private static void assertWords(long word0, long word1, Command command) {
        assertEquals(Long.toHexString(word0), Long.toHexString(command.word0()));
        assertEquals(Long.toHexString(word1), Long.toHexString(command.word1()));
    }

    @Test
    void shouldNameEntriesOfTables() {
        assertWords(0x0000_3A2A_0000_0003L, 1, Command.stream(SID));
        assertWords(0x0000_3A2A_0512_3005L, 1, Command.context(SID, SSID, true));
        assertWords(0x0000_3A2A_0512_3005L, 0, Command.context(SID, SSID, false));
    }

    @Test
    void shouldNameBlocksOfDeviceCache() {
        assertWords(0x0000_3A2A_0512_3840L, 0x7F3A_5C6D_7000L, Command.atc(SID, SSID, PAGE));
        Block large = Block.covering(0x7F3A_5C60_0000L, 0x7F3A_5C80_0000L);
        assertWords(0x0000_3A2A_0512_3840L, 0x7F3A_5C60_0009L, Command.atc(SID, SSID, large));
        Command all = Command.atc(SID, PasidPrefix.NONE, Block.ALL);
        assertWords(0x0000_3A2A_0000_0040L, 0x34, all);
    }

    @Test
    void shouldNameAsid() {
        assertWords(0x0051_0000_0000_0011L, 0, Command.tlbOfAsid(0x51));
    }

    @Test
    void shouldNameRangeOfPages() {
        assertWords(
                0x0051_0000_0000_7012L,
                0x7F3A_5C6D_7400L,
                Command.tlbOfRange(0x51, 0x7F3A_5C6D_7000L, 8, 0));
    }

    @Test
    void shouldCodeAnswersToPageRequests() {
        assertAnswer(0x20A5, PageResponse.SUCCESS);
        assertAnswer(0x10A5, PageResponse.INVALID_REQUEST);
        assertAnswer(0x00A5, PageResponse.FAILURE);
    }

    private static void assertAnswer(long word1, PageResponse response) {
        Command answer = Command.response(SID, SSID, 0xA5, response);
        assertWords(0x0000_3A2A_0512_3841L, word1, answer);
    }

    @Test
    void shouldResumeStalledTransactions() {
        assertWords(0x0000_3A2A_0000_1044L, 0x17, Command.retry(SID, 0x17));
        assertWords(0x0000_3A2A_0000_2044L, 0x17, Command.abort(SID, 0x17));
    }

    @Test
    void shouldSynchroniseByMessageOfZero() {
        assertWords(0x0000_0000_0FC0_1046L, 0x0200_0040L, Command.syncByMessage(0x0200_0040L));
    }
}
