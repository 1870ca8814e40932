package svasim.os.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import svasim.iommu.vtd.VtdConfig;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.iommu.DirectDma;
import svasim.os.iommu.DmaBuffer;
import svasim.os.iommu.IommuOptions;
import svasim.os.iommu.PciPath;
import svasim.paging.Access;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/** Buffers that a driver shares with its device, in each mode and size of page. */
class DmaApiTest {
    private static final int SMALL = 12;
    private static final int LARGE = 21;
    private static final VtdConfig SCALABLE = VtdConfig.defaults();
    private static final VtdConfig LEGACY = SCALABLE.withFeatures(Map.of("ECAP.SMTS", 0L));
    private static final VtdConfig FIRST_STAGE = SCALABLE.withFeatures(Map.of("ECAP.SSTS", 0L));

    static Stream<Arguments> modes() {
        return Stream.of(
                Arguments.of("scalable, second stage", SCALABLE, SMALL),
                Arguments.of("scalable, second stage", SCALABLE, LARGE),
                Arguments.of("scalable, first stage", FIRST_STAGE, SMALL),
                Arguments.of("scalable, first stage", FIRST_STAGE, LARGE),
                Arguments.of("legacy", LEGACY, SMALL),
                Arguments.of("legacy", LEGACY, LARGE));
    }

    private VtdUnderTest test;

    private void use(VtdConfig config) {
        use(config, null);
    }

    private void use(VtdConfig config, Boolean leafHint) {
        var options =
                new IommuOptions(null, null, null, null, null, null, null, leafHint, null, null);
        test =
                new VtdUnderTest(
                        new OsUnderTest.Setup(),
                        config,
                        OsUnderTest.capable(20),
                        PciPath.INTEGRATED,
                        options);
        test.system().run();
    }

    private DmaBuffer map(long bytes, int pageShift) {
        DmaBuffer buffer = new DmaBuffer(test.device(), bytes, pageShift);
        test.system().finish(test.driver().dma().map(buffer));
        return buffer;
    }

    private void unmap(DmaBuffer buffer) {
        test.system().finish(test.driver().dma().unmap(buffer));
    }

    private boolean translated(long iova) {
        return test.explain(PasidPrefix.NONE, iova, Access.READ).translated();
    }

    @ParameterizedTest
    @MethodSource("modes")
    void shouldTranslateEveryPageOfBuffer(String mode, VtdConfig config, int pageShift) {
        use(config);
        DmaBuffer buffer = map(5L << pageShift, pageShift);

        for (int page = 0; page < 5; page++) {
            long offset = ((long) page << pageShift) + 0x123;
            var seen = test.explain(PasidPrefix.NONE, buffer.iova() + offset, Access.WRITE);
            assertEquals(buffer.physical(offset), seen.address(), mode);
            assertEquals(pageShift, seen.pageShift(), mode);
        }
        assertFalse(translated(buffer.iova() + buffer.bytes()));
        assertFalse(translated(buffer.iova() - 1));
    }

    @ParameterizedTest
    @MethodSource("modes")
    void shouldInvalidateBeforeFreeing(String mode, VtdConfig config, int pageShift) {
        use(config);
        DmaBuffer buffer = map(3L << pageShift, pageShift);
        long iova = buffer.iova();
        long frame = buffer.physical(0);
        test.recorder().all().clear();

        unmap(buffer);

        var seen = test.recorder();
        int freed = seen.indexOf(s -> s.kind() == Kind.FRAME_FREED && s.a() == frame);
        assertTrue(seen.indexOf(Kind.WAIT_COMPLETED) < freed, mode);
        assertTrue(seen.indexOf(Kind.INVALIDATION_COMPLETED) < freed, mode);
        assertFalse(translated(iova), mode);
        assertFalse(buffer.isMapped(), mode);
        assertEquals(FrameUse.FREE, test.system().frames().use(frame), mode);
    }

    /** IH is bit 6 of the second word of both kinds of IOTLB descriptors (VT-d 4.1, 6.5.2). */
    @ParameterizedTest
    @MethodSource("modes")
    void shouldSayThatOnlyLeavesHaveChangedUnlessToldOtherwise(
            String mode, VtdConfig config, int pageShift) {
        for (Boolean hint : new Boolean[] {null, true, false}) {
            use(config, hint);
            DmaBuffer buffer = map(3L << pageShift, pageShift);
            test.recorder().all().clear();
            unmap(buffer);

            int type = config == FIRST_STAGE ? 6 : 2;
            var words = test.carriedOut(type);
            assertEquals(1, words.size(), mode);
            assertEquals(!Boolean.FALSE.equals(hint), (words.get(0).b() & 1 << 6) != 0, mode);
        }
    }

    @Test
    void shouldSayToTheDeviceExactlyOneBlock() {
        use(SCALABLE);
        DmaBuffer buffer = map(4 << SMALL, SMALL);
        long iova = buffer.iova();
        test.recorder().all().clear();
        unmap(buffer);

        var requests = test.sent(Tlp.InvalidateRequest.class);
        var last = requests.get(requests.size() - 1);
        assertEquals(null, last.pasid());
        assertEquals(iova, last.address() & -(4L << SMALL));
    }

    @Test
    void shouldGiveEachBufferAddressesOfItsOwn() {
        use(SCALABLE);
        Set<Long> pages = new HashSet<>();
        for (int i = 1; i <= 8; i++) {
            DmaBuffer buffer = map((long) i << SMALL, SMALL);
            for (int page = 0; page < i; page++) {
                assertTrue(pages.add(buffer.iova() + ((long) page << SMALL)));
            }
        }
    }

    @Test
    void shouldAlignLargePages() {
        use(SCALABLE);
        map(1 << SMALL, SMALL);
        DmaBuffer large = map(1 << LARGE, LARGE);

        assertEquals(0, large.iova() & (1 << LARGE) - 1);
        assertEquals(0, large.physical(0) & (1 << LARGE) - 1);
    }

    @Test
    void shouldMapBufferOfManyPagesInSteps() {
        use(SCALABLE);
        DmaBuffer buffer = map(300L << SMALL, SMALL);

        assertTrue(translated(buffer.iova() + buffer.bytes() - 1));
        assertEquals(300, buffer.pages());
    }

    @Test
    void shouldGiveBackEveryFrameOfBuffers() {
        use(SCALABLE);
        unmap(map(8 << SMALL, SMALL));
        long before = test.system().frames().allocated();

        unmap(map(8 << SMALL, SMALL));

        assertEquals(before, test.system().frames().allocated());
    }

    @Test
    void shouldRoundSizeUpToPages() {
        use(SCALABLE);
        assertEquals(1 << SMALL, new DmaBuffer(test.device(), 1, SMALL).bytes());
        assertEquals(2 << SMALL, new DmaBuffer(test.device(), 4097, SMALL).bytes());
        assertEquals(1 << LARGE, new DmaBuffer(test.device(), 4097, LARGE).bytes());
    }

    @Test
    void shouldUsePhysicalAddressesWithoutIommu() {
        use(SCALABLE);
        DirectDma direct = new DirectDma(test.system().frames());
        DmaBuffer buffer = new DmaBuffer(test.device(), 5 << SMALL, SMALL);
        test.system().finish(direct.map(buffer));

        assertEquals(buffer.physical(0), buffer.iova());
        for (int page = 0; page < 5; page++) {
            assertEquals(buffer.iova() + page * 4096L, buffer.physical(page * 4096L));
        }
        test.system().finish(direct.unmap(buffer));
        assertFalse(buffer.isMapped());
    }

    @Test
    void shouldNotLetProcessesSeeBuffersOfDrivers() {
        use(SCALABLE);
        DmaBuffer buffer = map(1 << SMALL, SMALL);
        var mm = test.system().os().spaces().create("mm");
        var entry = new svasim.os.iommu.PasidEntry(test.device(), 1, mm);
        test.system().finish(test.driver().install(entry));

        assertFalse(test.explain(1, buffer.iova(), Access.READ).translated());
        assertTrue(translated(buffer.iova()));
    }
}
