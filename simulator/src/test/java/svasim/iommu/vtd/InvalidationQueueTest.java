package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import svasim.iommu.core.UnitBench;
import svasim.paging.Access;
import svasim.pcie.tlp.Tlp;
import svasim.units.Picoseconds;

/** Descriptors, their errors, waits and device-TLBs (reference vtd.md, 6). */
class InvalidationQueueTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long IOVA = 0x1234_5000L;
    private static final long SPACE = (long) PASID << 32 | VtdUnderTest.DOMAIN << 16;
    private static final long IQE = 1 << 4;
    private static final long ICE = 1 << 5;
    private static final long ITE = 1 << 6;

    private final VtdUnderTest unit = new VtdUnderTest().started();

    private void warm() {
        unit.bind(PASID);
        unit.map(PASID, IOVA, 0x7000, Access.READ | Access.WRITE);
        assertTrue(read().translated());
    }

    private UnitBench.Outcome read() {
        return unit.bench.access(DEVICE, PASID, IOVA, Access.READ);
    }

    private long walks() {
        return unit.bench.counter("walk.count");
    }

    /** Walks that a read needs after a descriptor: one for tables, one for configuration. */
    private long walksAfter(long q0, long q1) {
        warm();
        unit.descriptor(q0, q1);
        unit.bench.settle();
        assertEquals(0, unit.read32(VtdUnderTest.FSTS));
        long before = walks();
        read();
        return walks() - before;
    }

    @Test
    void shouldRemoveExactlyWhatEachGranularityNames() {
        String[] rows = {
            // type, granularity and address; walks afterwards
            "11 0 1", // context-cache, all
            "31 3a2a00000000 1", // context-cache, device
            "31 3b2a00000000 0", // another device
            "12 0 1", // IOTLB, all
            "510022 0 1", // IOTLB, domain
            "520022 0 0", // another domain
            "510032 12345000 0", // IOTLB pages: second stage only
            "2300510026 0 1", // PASID-IOTLB
            "2400510026 0 0", // another PASID
            "2300520026 0 0", // another domain
            "2300510036 12345000 1", // PASID-IOTLB, page
            "2300510036 12346000 0", // another page
            "2300510036 12344001 1", // two pages
            "37 0 1", // PASID-cache, all
            "510007 0 1", // PASID-cache, domain
            "520007 0 0", // another domain
            "2300510017 0 1", // PASID-cache, PASID
            "2400510017 0 0", // another PASID
        };
        for (String row : rows) {
            var fresh = new InvalidationQueueTest();
            String[] field = row.split(" ");
            long q0 = Long.parseLong(field[0], 16);
            boolean address = !field[0].startsWith("31");
            long q1 = address ? Long.parseLong(field[1], 16) : 0;
            long source = address ? 0 : Long.parseLong(field[1], 16);

            assertEquals(Long.parseLong(field[2]), fresh.walksAfter(q0 | source, q1), row);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "f, 0, 3", // no such type
        "a, 0, 3", // host permission tables do not exist
        "1, 0, 4", // context-cache with granularity 0
        "8000000000000011, 0, 4", // reserved bit
        "11, 1, 4",
        "510032, 3f, 4", // AM above MAMV
        "2300510016, 0, 4", // PASID-IOTLB with granularity 1
        "27, 0, 4", // PASID-cache with granularity 2
        "105, 0, 4" // wait with a reserved bit
    })
    void shouldStopAtDescriptorThatIsWrong(String q0, String q1, int error) {
        unit.descriptor(Long.parseUnsignedLong(q0, 16), Long.parseUnsignedLong(q1, 16));
        unit.waitDescriptor();
        unit.bench.settle();

        assertEquals(IQE, unit.read32(VtdUnderTest.FSTS) & IQE);
        assertEquals(error, unit.read64(VtdUnderTest.IQERCD) & 0xF);
        assertEquals(0, unit.read64(VtdUnderTest.IQH));
        assertFalse(unit.complete());

        unit.poke(VtdUnderTest.QUEUE, 0x11);
        unit.poke(VtdUnderTest.QUEUE + 8, 0);
        unit.write32(VtdUnderTest.FSTS, IQE);
        unit.bench.settle();
        assertTrue(unit.complete());
        assertEquals(64, unit.read64(VtdUnderTest.IQH));
    }

    @Test
    void shouldStopAtThirdWordOfNarrowDescriptor() {
        unit.poke(VtdUnderTest.QUEUE, 0x11);
        unit.poke(VtdUnderTest.QUEUE + 16, 1);
        unit.write64(VtdUnderTest.IQT, 32);
        unit.bench.settle();

        assertEquals(4, unit.read64(VtdUnderTest.IQERCD) & 0xF);
    }

    @Test
    void shouldNameErrorsOfTheQueueItself() {
        unit.write64(VtdUnderTest.IQT, 16);
        assertEquals(6, unit.read64(VtdUnderTest.IQERCD) & 0xF);
        assertEquals(1, errorOf(VtdUnderTest.QUEUE | 1 << 11, 1 << 10, 0x1000));
        assertEquals(2, errorOf(1L << 50 | 1 << 11, 1 << 10, 32));
        assertEquals(5, errorOf(VtdUnderTest.QUEUE, 1 << 10, 16));
        assertEquals(7, errorOf(VtdUnderTest.QUEUE | 1 << 11, 2 << 10, 32));
        assertEquals(3, errorOf(VtdUnderTest.QUEUE | 1 << 11, 0, 32), "type 7 in legacy mode");
    }

    private static long errorOf(long base, long mode, long tail) {
        var made = new VtdUnderTest();
        made.poke(VtdUnderTest.QUEUE, 0x37);
        made.write64(VtdUnderTest.RTADDR, VtdUnderTest.ROOT | mode);
        made.write32(VtdUnderTest.GCMD, VtdUnderTest.SRTP);
        made.write64(VtdUnderTest.IQA, base);
        made.write32(VtdUnderTest.GCMD, VtdUnderTest.QIE);
        made.write64(VtdUnderTest.IQT, tail);
        made.bench.settle();
        assertEquals(IQE, made.read32(VtdUnderTest.FSTS) & IQE);
        return made.read64(VtdUnderTest.IQERCD) & 0xF;
    }

    @Test
    void shouldFinishQueueBeforeItIsOff() {
        unit.invalidatePage(PASID, IOVA);
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.TE);
        assertEquals(VtdUnderTest.QIE, unit.read32(VtdUnderTest.GSTS) & VtdUnderTest.QIE);
        unit.bench.settle();

        assertTrue(unit.complete());
        assertEquals(0, unit.read32(VtdUnderTest.GSTS) & VtdUnderTest.QIE);
        assertEquals(0, unit.read64(VtdUnderTest.IQH));
    }

    @Test
    void shouldCompleteWaitAfterFetchExecutionAndWriteAndNotBefore() {
        unit.bench.settle();
        unit.waitDescriptor();
        long duePs = 2 * UnitBench.DRAM_PS + unit.config.descriptor().value();

        unit.bench.kernel.run(unit.bench.kernel.nowPs() + duePs - 1, Long.MAX_VALUE);
        assertFalse(unit.complete());
        unit.bench.kernel.run(unit.bench.kernel.nowPs() + 1, Long.MAX_VALUE);
        assertTrue(unit.complete());
    }

    @Test
    void shouldInterruptOnceUntilCompletionIsAcknowledged() {
        unit.write32(0xA0, 0);
        unit.write32(0xA4, 0x77);
        unit.write32(0xA8, 0xFEE0_0000L);
        unit.descriptor(0x15, 0);
        unit.descriptor(0x15, 0);
        unit.bench.settle();
        assertEquals(List.of(new UnitBench.Message(0xFEE0_0000L, 0x77)), unit.bench.messages);

        unit.write32(VtdUnderTest.ICS, 1);
        unit.descriptor(0x15, 0);
        unit.bench.settle();
        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldSendNoMoreInvalidationsThanTheDescriptorAllows() {
        unit.bench.devicesAnswer(false);
        for (int i = 0; i < 3; i++) {
            unit.descriptor(SPACE & ~0xFFFF0000L | (long) DEVICE << 16 | 2 << 4 | 8, IOVA);
        }
        unit.bench.settle();
        assertEquals(2, unit.bench.sent.size());
        assertEquals(1, itag(1));

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(3, unit.bench.sent.size());
        assertEquals(0, itag(2), "the lowest free tag");
    }

    @Test
    void shouldUseThirtyTwoTagsAtMost() {
        unit.bench.devicesAnswer(false);
        IntStream.range(0, 40)
                .forEach(i -> unit.descriptor((long) DEVICE << 32 | 3, IOVA + 0x1000L * i));
        unit.bench.settle();

        assertEquals(32, unit.bench.sent.size());
    }

    private int itag(int index) {
        return ((Tlp.InvalidateRequest) unit.bench.sent.get(index)).itag();
    }

    @Test
    void shouldReportUnexpectedCompletionAndGoOn() {
        unit.bench.complete(0x1234, 1);
        unit.waitDescriptor();
        unit.bench.settle();

        assertEquals(ICE, unit.read32(VtdUnderTest.FSTS) & ICE);
        assertEquals(0x1234, unit.read64(VtdUnderTest.IQERCD) >>> 48);
        assertTrue(unit.complete());
    }

    @Test
    void shouldAbortWaitWhenDeviceDoesNotAnswerInTime() {
        unit.bench.settle();
        unit.bench.devicesAnswer(false);
        unit.invalidateDevicePage(PASID, IOVA);
        unit.bench.settle();
        long sentPs = sentAtPs();
        long timeoutPs = unit.config.deviceTlbTimeout().value();

        unit.bench.kernel.run(sentPs + timeoutPs - 1, Long.MAX_VALUE);
        assertEquals(0, unit.read32(VtdUnderTest.FSTS) & ITE);
        unit.bench.kernel.run(sentPs + timeoutPs, Long.MAX_VALUE);
        assertEquals(ITE, unit.read32(VtdUnderTest.FSTS) & ITE);
        assertEquals(DEVICE, unit.read64(VtdUnderTest.IQERCD) >>> 32 & 0xFFFF);
        assertEquals(32, unit.read64(VtdUnderTest.IQH), "still on the wait");
        assertFalse(unit.complete());

        unit.write32(VtdUnderTest.FSTS, ITE);
        unit.bench.settle();
        assertTrue(unit.complete());
    }

    /** The queue was idle: the request leaves when its descriptor has been read and decoded. */
    private long sentAtPs() {
        return unit.bench.kernel.nowPs()
                - 100 * Picoseconds.PER_MICROSECOND
                + UnitBench.DRAM_PS
                + unit.config.descriptor().value();
    }

    @Test
    void shouldEndQuietlyOnceEveryDeviceHasAnswered() {
        unit.invalidateDevicePage(PASID, IOVA);

        unit.bench.kernel.runUntilQuiet();

        assertTrue(unit.complete());
        assertTrue(unit.bench.kernel.nowPs() < Picoseconds.PER_MILLISECOND);
    }

    @Test
    void shouldRefuseGroupResponseWithoutPageRequests() {
        var without =
                new VtdUnderTest(Map.of("ECAP.PRS", 0L)).switchedOn(VtdUnderTest.ROOT | 1 << 10);
        without.respond(PASID, 1);
        without.bench.settle();

        assertEquals(3, without.read64(VtdUnderTest.IQERCD) & 0xF);
    }
}
