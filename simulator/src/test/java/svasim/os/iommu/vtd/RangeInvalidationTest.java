package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import svasim.iommu.vtd.VtdConfig;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.defect.Defect;
import svasim.os.iommu.PasidEntry;
import svasim.os.mm.Mm;
import svasim.pcie.config.ConfigurationSpace;
import svasim.pcie.tlp.Tlp;

/** What is sent to unit and device for a range of addresses (reference, 3.1; S31 and S32). */
class RangeInvalidationTest {
    private static final int WAIT = 5;
    private static final int PASID_IOTLB = 6;
    private static final int DEVICE_TLB = 8;
    private static final long PAGE = 4096;
    private static final long ALL = -1;
    private static final int PASID = 1;

    private VtdUnderTest test;
    private PasidEntry entry;
    private ConfigurationSpace space;

    private void use(OsUnderTest.Setup setup, VtdConfig config) {
        space = OsUnderTest.capable(20);
        test = new VtdUnderTest(setup, config, space);
        test.system().run();
        Mm mm = test.system().os().spaces().create("mm");
        entry = new PasidEntry(test.device(), PASID, mm);
        test.system().finish(test.driver().install(entry));
        test.recorder().all().clear();
    }

    private void plain() {
        use(new OsUnderTest.Setup(), VtdConfig.defaults());
    }

    private void invalidate(long start, long end) {
        invalidate(List.of(entry), start, end);
    }

    private void invalidate(List<PasidEntry> entries, long start, long end) {
        test.system().finish(test.driver().invalidate(entries, start, end));
    }

    private List<Integer> types() {
        return test.recorder().of(svasim.trace.Kind.COMMAND_EXECUTED).stream()
                .map(seen -> (int) seen.a() & 0xF)
                .toList();
    }

    private long[] lastBlock() {
        List<Tlp.InvalidateRequest> sent = test.sent(Tlp.InvalidateRequest.class);
        Tlp.InvalidateRequest request = sent.get(sent.size() - 1);
        if (!request.sized()) {
            return new long[] {request.address(), request.address() + PAGE};
        }
        int ones = Long.numberOfTrailingZeros(~(request.address() >>> 12));
        long size = PAGE << ones + 1;
        long start = request.address() & -size;
        return new long[] {start, start + size};
    }

    @Test
    void shouldSendIotlbBeforeDeviceTlbAndWaitForBoth() {
        plain();
        invalidate(7 * PAGE, 8 * PAGE);

        assertEquals(List.of(PASID_IOTLB, DEVICE_TLB, WAIT), types());
        assertEquals(PASID, test.sent(Tlp.InvalidateRequest.class).get(0).pasid().pasid());
    }

    @Test
    void shouldNameOnePageExactly() {
        plain();
        invalidate(7 * PAGE, 8 * PAGE);

        assertEquals(7 * PAGE, test.carriedOut(PASID_IOTLB).get(0).b());
        assertFalse(test.sent(Tlp.InvalidateRequest.class).get(0).sized());
    }

    /** S32: four pages from page 7 lie in no aligned block of four. */
    @Test
    void shouldWidenUnalignedBlockUntilItCoversBothEnds() {
        plain();
        invalidate(7 * PAGE, 11 * PAGE);

        long[] block = lastBlock();
        assertEquals(0, block[0]);
        assertEquals(16 * PAGE, block[1]);
        assertEquals(4, test.carriedOut(PASID_IOTLB).get(0).b() & 0x3F);
    }

    /** S31: the end of everything is all ones. */
    @Test
    void shouldFlushWholePasidForWholeAddressSpace() {
        plain();
        invalidate(0, ALL);

        Recorder.Seen iotlb = test.carriedOut(PASID_IOTLB).get(0);
        assertEquals(2, iotlb.a() >>> 4 & 3);
        Tlp.InvalidateRequest device = test.sent(Tlp.InvalidateRequest.class).get(0);
        assertTrue(device.sized());
        assertEquals(Long.MAX_VALUE & -PAGE, device.address());
    }

    @Test
    void shouldFlushNothingForWholeAddressSpaceWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S31), VtdConfig.defaults());
        invalidate(0, ALL);
        assertEquals(List.of(), types());

        invalidate(0, PAGE);
        assertEquals(List.of(PASID_IOTLB, DEVICE_TLB, WAIT), types());
    }

    @Test
    void shouldFlushWholePasidWhenBlockIsTooLargeForTheUnit() {
        use(new OsUnderTest.Setup(), VtdConfig.defaults().withFeatures(Map.of("CAP.MAMV", 3L)));
        invalidate(0, 8 * PAGE);
        invalidate(0, 16 * PAGE);

        List<Recorder.Seen> iotlb = test.carriedOut(PASID_IOTLB);
        assertEquals(3, iotlb.get(0).a() >>> 4 & 3);
        assertEquals(2, iotlb.get(1).a() >>> 4 & 3);
        assertEquals(16 * PAGE, lastBlock()[1]);
    }

    @Test
    void shouldSendNothingWithoutEntries() {
        plain();
        invalidate(List.of(), 0, PAGE);

        assertEquals(List.of(), types());
    }

    @Test
    void shouldSendIotlbOnceAndDeviceTlbForEachDevice() {
        plain();
        invalidate(List.of(entry, entry, entry), 0, PAGE);

        assertEquals(List.of(PASID_IOTLB, DEVICE_TLB, DEVICE_TLB, DEVICE_TLB, WAIT), types());
    }

    @Test
    void shouldWaitAfterEachBatchOfSixteen() {
        plain();
        List<PasidEntry> many = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            many.add(entry);
        }
        invalidate(many, 0, PAGE);

        assertEquals(23, types().size());
        assertEquals(WAIT, types().get(16));
        assertEquals(WAIT, types().get(22));
        assertEquals(2, types().stream().filter(type -> type == WAIT).count());
    }

    /** S37: the fence lets the second one wait for the answer to the first one. */
    @Test
    void shouldTellADeviceTwiceThatNeedsIt() {
        plain();
        space.identify(0x8086, 0x4940);
        invalidate(0, PAGE);

        assertEquals(List.of(PASID_IOTLB, DEVICE_TLB, WAIT, DEVICE_TLB, WAIT), types());
    }

    @Test
    void shouldTellSuchADeviceOnceWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S37), VtdConfig.defaults());
        space.identify(0x8086, 0x4940);
        invalidate(0, PAGE);

        assertEquals(List.of(PASID_IOTLB, DEVICE_TLB, WAIT), types());
    }

    @Test
    void shouldSpareDeviceWithoutAts() {
        plain();
        test.device().features().disableAts();
        invalidate(0, PAGE);

        assertEquals(List.of(PASID_IOTLB, WAIT), types());
    }

    @Property(tries = 60)
    void shouldReachEveryPageOfAnyRange(
            @ForAll @IntRange(max = 5_000) int first, @ForAll @IntRange(min = 1, max = 600) int n) {
        plain();
        invalidate(first * PAGE, (first + n) * PAGE);

        long[] block = lastBlock();
        assertTrue(block[0] <= first * PAGE && (first + n) * PAGE <= block[1]);
        Recorder.Seen iotlb = test.carriedOut(PASID_IOTLB).get(0);
        long size = PAGE << (iotlb.b() & 0x3F);
        assertEquals(block[0], iotlb.b() & -PAGE);
        assertEquals(block[1] - block[0], size);
    }
}
