package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/**
 * Words of worked examples (StreamID 3a2a, SubstreamID 5123) against the classes that know bits.
 */
class LayoutVectorsTest {
    private static final int STREAM = 0x3A2A;
    private static final int SUBSTREAM = 0x5123;

    private final Features features = SmmuConfig.defaults().decoded();

    @Test
    void shouldReadStreamTableBaseOfTwoLevels() {
        var base = StreamTableBase.of(0x4000000001000000L, 0x10210, features);

        assertTrue(base.twoLevel());
        assertEquals(8, base.split());
        assertEquals(16, base.idBits());
        assertEquals(0x10001D0, base.descriptorAddress(STREAM));
    }

    @Test
    void shouldFindEntryThroughFirstLevelDescriptor() {
        var base = StreamTableBase.of(0x4000000001000000L, 0x10210, features);

        assertEquals(256, L1StreamTableDescriptor.entries(0x1004009));
        assertEquals(0x1004A80, L1StreamTableDescriptor.entryAddress(0x1004009, base, STREAM));
    }

    @Test
    void shouldReadStreamTableEntryOfStage1() {
        var entry = new StreamTableEntry(0x780000000101001BL, 0x100018_0000D5L, 7, 0);

        assertTrue(entry.valid());
        assertEquals(StreamTableEntry.STAGE_1, entry.config());
        assertEquals(1, entry.s1Fmt());
        assertEquals(0x1010000, entry.s1ContextPtr());
        assertEquals(15, entry.s1CdMax());
        assertEquals(StreamTableEntry.SKIP_STAGE_1, entry.s1Dss());
        assertTrue(entry.s1StallDisabled());
        assertEquals(StreamTableEntry.ATS_FULL, entry.eats());
        assertEquals(7, entry.s2Vmid());
    }

    @Test
    void shouldReadStreamTableEntryOfStage2() {
        var entry = new StreamTableEntry(0x780000004001001FL, 0, 0x040D355900000007L, 0x1030000);

        assertEquals(StreamTableEntry.NESTED, entry.config());
        assertEquals(25, entry.s2T0Sz());
        assertEquals(1, entry.s2Sl0());
        assertEquals(12, entry.s2GranuleShift());
        assertEquals(5, entry.s2Ps());
        assertTrue(entry.s2Aa64());
        assertTrue(entry.s2Record());
        assertFalse(entry.s2Stall());
        assertEquals(0x1030000, entry.s2Ttb());
        assertEquals(1, Stage2StartLevel.of(entry, features));
    }

    @Test
    void shouldReadContextDescriptor() {
        var context = new ContextDescriptor(0x00516205C0003510L, 0x1020000, 0, 0xFF);

        assertTrue(context.valid());
        assertEquals(16, context.tsz(0));
        assertEquals(12, context.granuleShift(0));
        assertFalse(context.walksDisabled(0));
        assertTrue(context.walksDisabled(1));
        assertEquals(5, context.ips());
        assertTrue(context.aa64());
        assertTrue(context.record());
        assertTrue(context.abort());
        assertFalse(context.stall());
        assertFalse(context.ownAsidSet());
        assertEquals(0x51, context.asid());
        assertEquals(0x1020000, context.ttb(0));
    }

    @Test
    void shouldCodeGranulesOfTheTwoHalvesDifferently() {
        TableWords words = TableWords.context(0, 0);

        assertEquals(16, words.with(0, 7, 6, 1).context().granuleShift(0));
        assertEquals(14, words.with(0, 7, 6, 2).context().granuleShift(0));
        assertEquals(14, words.with(0, 23, 22, 1).context().granuleShift(1));
        assertEquals(12, words.with(0, 23, 22, 2).context().granuleShift(1));
        assertEquals(16, words.with(0, 23, 22, 3).context().granuleShift(1));
    }

    @Test
    void shouldReadFirstLevelContextDescriptor() {
        assertTrue(L1ContextDescriptor.valid(0x1011001));
        assertEquals(0x1011000, L1ContextDescriptor.table(0x1011001));
    }

    @Test
    void shouldReadConfigurationCommands() {
        Command stream = new Command(0x00003A2A00000003L, 1);
        Command context = new Command(0x00003A2A05123005L, 1);

        assertEquals(Opcode.CFGI_STE, Opcode.of(stream.opcode()));
        assertEquals(STREAM, stream.streamId());
        assertTrue(stream.leaf());
        assertEquals(Opcode.CFGI_CD, Opcode.of(context.opcode()));
        assertEquals(SUBSTREAM, context.substreamId());
    }

    @Test
    void shouldReadTlbCommands() {
        Command page = new Command(0x0051000700000012L, 0x00007F3A5C6D7001L);
        Command range = new Command(0x0051000700007012L, 0x00007F3A5C6D0701L);

        assertEquals(7, page.vmid());
        assertEquals(0x51, page.asid());
        assertEquals(0x7F3A5C6D7000L, page.address());
        assertEquals(0, page.tg());
        assertEquals(1, range.tg());
        assertEquals(3, range.ttl());
        assertEquals(0, range.scale(false));
        assertEquals(7, range.num());
    }

    @Test
    void shouldReadAtcAndPriCommands() {
        Command large = new Command(0x00003A2A05123840L, 0x00007F3A5C600009L);
        Command all = new Command(0x00003A2A00000040L, 0x34);
        Command response = new Command(0x00003A2A05123841L, 0x20A5);

        assertTrue(large.substreamValid());
        assertEquals(SUBSTREAM, large.pasid());
        assertEquals(9, large.atcSize());
        assertEquals(0x7F3A5C600000L, large.address());
        assertEquals(-1, all.pasid());
        assertEquals(52, all.atcSize());
        assertEquals(0xA5, response.prgIndex());
        assertEquals(2, response.response());
    }

    @Test
    void shouldReadStallCommandsAndSync() {
        Command retry = new Command(0x00003A2A00001044L, 0x17);
        Command abort = new Command(0x00003A2A00002044L, 0x17);
        Command sync = new Command(0x0000CAFE0FC01046L, 0x2000040);

        assertTrue(retry.retry());
        assertEquals(0x17, retry.stallTag());
        assertFalse(abort.retry());
        assertTrue(abort.abort());
        assertEquals(1, sync.completionSignal());
        assertEquals(0xCAFE, sync.msiData());
        assertEquals(0x2000040, sync.msiAddress());
    }
}
