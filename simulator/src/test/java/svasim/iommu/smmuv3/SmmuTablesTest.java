package svasim.iommu.smmuv3;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static svasim.layout.Layouts.assertReads;

import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.iommu.smmuv3.SmmuContextTables.Contexts;
import svasim.iommu.smmuv3.SmmuTables.StreamDescriptors;
import svasim.iommu.smmuv3.SmmuTables.Streams;
import svasim.layout.Pointer;
import svasim.paging.Access;
import svasim.paging.Granule;
import svasim.paging.VmsaStage2Format;

/** The description of the tables says what the unit reads. */
class SmmuTablesTest {
    private static final long TABLE = 0x1_2340_0000L;

    @Property(tries = 200)
    void shouldDescribeStreamTableEntriesAsTheUnitReadsThem(
            @ForAll long w0, @ForAll long w1, @ForAll long w2, @ForAll long w3) {
        StreamTableEntry entry = new StreamTableEntry(w0, w1, w2, w3);

        assertReads(Streams.WORD_0, "V", w0, entry.valid());
        assertReads(Streams.WORD_0, "Config", w0, entry.config());
        assertReads(Streams.WORD_0, "S1ContextPtr", w0, entry.s1ContextPtr() >>> 6);
        assertReads(Streams.WORD_0, "S1CDMax", w0, entry.s1CdMax());
        assertReads(Streams.WORD_1, "CONT", w1, entry.cont());
        assertReads(Streams.WORD_1, "PPAR", w1, entry.pasidOnAutomaticAnswers());
        assertReads(Streams.WORD_1, "MEV", w1, entry.mergesEvents());
        assertReads(Streams.WORD_1, "S2FWB", w1, entry.s2Fwb());
        assertReads(Streams.WORD_1, "S1MPAM", w1, entry.s1Mpam());
        assertReads(Streams.WORD_1, "S1STALLD", w1, entry.s1StallDisabled());
        assertReads(Streams.WORD_1, "EATS", w1, entry.eats());
        assertReads(Streams.WORD_1, "STRW", w1, entry.strw());
        assertReads(Streams.WORD_1, "PRIVCFG", w1, entry.privCfg());
        assertReads(Streams.WORD_1, "INSTCFG", w1, entry.instCfg());
        assertReads(Streams.WORD_2, "S2VMID", w2, entry.s2Vmid());
        assertReads(Streams.WORD_2, "S2T0SZ", w2, entry.s2T0Sz());
        assertReads(Streams.WORD_2, "S2PS", w2, entry.s2Ps());
        assertReads(Streams.WORD_2, "S2AA64", w2, entry.s2Aa64());
        assertReads(Streams.WORD_2, "S2ENDI", w2, entry.s2BigEndian());
        assertReads(Streams.WORD_2, "S2AFFD", w2, entry.s2AccessFaultDisabled());
        assertReads(Streams.WORD_2, "S2PTW", w2, entry.s2ProtectedTableWalk());
        assertReads(Streams.WORD_2, "S2HD", w2, entry.s2Hd());
        assertReads(Streams.WORD_2, "S2HA", w2, entry.s2Ha());
        assertReads(Streams.WORD_2, "S2S", w2, entry.s2Stall());
        assertReads(Streams.WORD_2, "S2R", w2, entry.s2Record());
        assertReads(Streams.WORD_3, "S2DS", w3, entry.s2Ds());
        assertReads(Streams.WORD_3, "S2TTB", w3, entry.s2Ttb() >>> 4);
    }

    @Property(tries = 200)
    void shouldDescribeContextDescriptorsAsTheUnitReadsThem(
            @ForAll long w0, @ForAll long w1, @ForAll long w2) {
        ContextDescriptor context = new ContextDescriptor(w0, w1, w2, 0);

        assertReads(Contexts.WORD_0, "T0SZ", w0, context.tsz(0));
        assertReads(Contexts.WORD_0, "T1SZ", w0, context.tsz(1));
        assertReads(Contexts.WORD_0, "EPD0", w0, context.walksDisabled(0));
        assertReads(Contexts.WORD_0, "EPD1", w0, context.walksDisabled(1));
        assertReads(Contexts.WORD_0, "ENDI", w0, context.bigEndian());
        assertReads(Contexts.WORD_0, "V", w0, context.valid());
        assertReads(Contexts.WORD_0, "IPS", w0, context.ips());
        assertReads(Contexts.WORD_0, "AFFD", w0, context.accessFaultDisabled());
        assertReads(Contexts.WORD_0, "WXN", w0, context.wxn());
        assertReads(Contexts.WORD_0, "PAN", w0, context.pan());
        assertReads(Contexts.WORD_0, "AA64", w0, context.aa64());
        assertReads(Contexts.WORD_0, "HD", w0, context.hd());
        assertReads(Contexts.WORD_0, "HA", w0, context.ha());
        assertReads(Contexts.WORD_0, "S", w0, context.stall());
        assertReads(Contexts.WORD_0, "R", w0, context.record());
        assertReads(Contexts.WORD_0, "A", w0, context.abort());
        assertReads(Contexts.WORD_0, "ASET", w0, context.ownAsidSet());
        assertReads(Contexts.WORD_0, "ASID", w0, context.asid());
        assertReads(Contexts.WORD_1, "HAD0", w1, context.hierarchyDisabled(0));
        assertReads(Contexts.WORD_1, "E0PD0", w1, context.unprivilegedDisabled(0));
        assertReads(Contexts.WORD_1, "HAFT", w1, context.haft());
        assertReads(Contexts.WORD_1, "EPAN", w1, context.enhancedPan());
        assertReads(Contexts.WORD_1, "TTB0", w1, context.ttb(0) >>> 4);
        assertReads(Contexts.WORD_2, "HAD1", w2, context.hierarchyDisabled(1));
        assertReads(Contexts.WORD_2, "E0PD1", w2, context.unprivilegedDisabled(1));
        assertReads(Contexts.WORD_2, "TTB1", w2, context.ttb(1) >>> 4);
        assertReads(Contexts.WORD_2, "DS", w2, context.ds());
    }

    @Test
    void shouldLeadFromAStreamToThePageTablesOfASubstream() {
        StreamTableEntry stream =
                StreamTableEntry.contexts(
                        TABLE | StreamTableEntry.LEAVES_OF_1024,
                        12,
                        StreamTableEntry.SKIP_STAGE_1,
                        new StreamTableEntry.Treatment(true, false, false));
        Pointer contexts = new Streams(0x100, 64).pointers(8, stream.words()).get(0);
        Pointer leaf = contexts.to().pointers(1, new long[] {L1ContextDescriptor.of(TABLE)}).get(0);
        ContextDescriptor context = ContextDescriptor.tables(TABLE, 5, 5, false);
        Pointer tables = leaf.to().pointers(3, context.words()).get(0);

        assertEquals("stream 0x108", new Streams(0x100, 64).row(8));
        assertEquals("substreams from 1024", contexts.to().row(1));
        assertEquals(4, contexts.to().entries());
        assertEquals("substream 1027", leaf.to().row(3));
        assertEquals(TABLE, tables.address());
        assertEquals("page table of L0s", tables.to().title());
        assertEquals(512, tables.to().entries());
    }

    @ParameterizedTest
    @CsvSource({"0, 512, L0", "2, 2, L0", "1, 64, L1"})
    void shouldFindTablesOfEachGranule(long tg0, int entries, String level) {
        long[] words = ContextDescriptor.tables(TABLE, 5, 5, false).words();
        words[0] = Contexts.WORD_0.field("TG0").mask() & tg0 << 6 | words[0] & ~0xFFL | 16;

        Pointer tables = new Contexts(0, 64).pointers(3, words).get(0);

        assertEquals(entries, tables.to().entries());
        assertEquals("page table of " + level + "s", tables.to().title());
    }

    @Test
    void shouldReadContextsOfANestedStreamThroughStageTwo() {
        var treatment = new StreamTableEntry.Treatment(true, false, false);
        StreamTableEntry second =
                StreamTableEntry.stage2(4, new StreamTableEntry.StageTwo(TABLE, 48, 5), treatment);
        long[] words = second.words();
        words[0] |=
                StreamTableEntry.contexts(0x5000, 6, StreamTableEntry.SKIP_STAGE_1, treatment)
                        .words()[0];
        List<Pointer> pointers = new Streams(0, 64).pointers(0, words);
        VmsaStage2Format format = new VmsaStage2Format(Granule.KIB_4, false);
        Map<Long, Long> memory =
                Map.of(
                        TABLE,
                        format.tableEntry(0x2000, 3),
                        0x2000L,
                        format.leafEntry(7L << 30, 3, Access.READ));

        assertEquals("context descriptor table", pointers.get(0).to().title());
        assertEquals(
                (7L << 30) + 0x5000, pointers.get(0).physical(at -> memory.getOrDefault(at, 0L)));
        assertEquals(TABLE, pointers.get(1).physical(at -> 0));
    }

    @Test
    void shouldLeadNowhereFromAReservedGranule() {
        long[] words = ContextDescriptor.tables(TABLE, 5, 5, false).words();
        words[0] |= Contexts.WORD_0.field("TG0").mask();

        assertEquals(List.of(), new Contexts(0, 64).pointers(3, words));
    }

    @Test
    void shouldLeadNowhereFromWhatIsNotValid() {
        assertEquals(List.of(), new StreamDescriptors(8, 4).pointers(0, new long[] {TABLE}));
        assertEquals(List.of(), new Streams(0, 64).pointers(0, new long[8]));
        assertEquals(List.of(), new Contexts(0, 64).pointers(0, new long[8]));
        assertEquals(
                List.of(),
                new Contexts(0, 64).pointers(0, ContextDescriptor.quiet(1, false).words()));
    }
}
