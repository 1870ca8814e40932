package svasim.iommu.vtd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.iommu.core.UnitBench;

/** What waits that are not complete hold back, and what not (reference vtd.md, 6.4 and 6.5). */
class PendingWaitsTest {
    private static final int DEVICE = VtdUnderTest.DEVICE;
    private static final int PASID = 0x23;
    private static final long IOVA = 0x1234_5000L;
    private static final long IQE = 1 << 4;
    private static final long ITE = 1 << 6;
    private static final long FENCE = 1 << 6;
    private static final long DEVICE_PAGE = (long) PASID << 32 | DEVICE << 16 | 8;
    private static final long ALL_TRANSLATIONS = 0x12;

    private static final int MOST = 16;

    private final VtdUnderTest unit = new VtdUnderTest(keeping(MOST)).started();

    @BeforeEach
    void silence() {
        unit.bench.settle();
        unit.bench.devicesAnswer(false);
    }

    private static VtdConfig keeping(int waits) {
        return new VtdConfig(
                null, null, null, null, null, null, null, null, null, null, null, null, null, waits,
                null);
    }

    private void waitWith(long bits, int number) {
        unit.descriptor((long) number << 32 | 0x25 | bits, VtdUnderTest.STATUS);
    }

    private int status() {
        return (int) unit.peek(VtdUnderTest.STATUS);
    }

    private long executed() {
        return unit.bench.counter("queue.executed");
    }

    private void run(long ps) {
        unit.bench.kernel.run(unit.bench.kernel.nowPs() + ps, Long.MAX_VALUE);
    }

    private long perDescriptorPs() {
        return UnitBench.DRAM_PS + unit.config.descriptor().value();
    }

    @Test
    void shouldCarryOutWhatFollowsAWaitAsSoonAsItIsFetched() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(ALL_TRANSLATIONS, 0);
        long before = executed();

        run(3 * perDescriptorPs() - 1);
        assertEquals(2, executed() - before);
        run(1);
        assertEquals(3, executed() - before);
        assertEquals(0, status(), "the device has not answered");
    }

    @Test
    void shouldHoldBackEverythingBehindEachWaitIfTheUnitKeepsNone() {
        VtdUnderTest strict = new VtdUnderTest(VtdConfig.defaults()).started();
        strict.bench.settle();
        strict.bench.devicesAnswer(false);
        strict.descriptor(DEVICE_PAGE, IOVA);
        strict.waitDescriptor();
        strict.descriptor(ALL_TRANSLATIONS, 0);
        strict.bench.settle();

        assertEquals(1, strict.bench.counter("queue.executed"));
    }

    @Test
    void shouldHoldBackEverythingBehindAWaitWithFenceUntilItIsComplete() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(FENCE, 1);
        unit.descriptor(ALL_TRANSLATIONS, 0);
        long before = executed();
        unit.bench.settle();
        assertEquals(1, executed() - before);

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(1, status());
        assertEquals(3, executed() - before);
    }

    @Test
    void shouldHoldBackEverythingOnceAsManyWaitsArePendingAsTheUnitKeeps() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        long before = executed() + 1;
        for (int i = 1; i <= MOST + 2; i++) {
            waitWith(0, i);
        }
        unit.bench.settle();
        assertEquals(MOST, executed() - before);

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(MOST + 2, executed() - before);
        assertEquals(MOST + 2, status());
    }

    @Test
    void shouldCompleteWaitWithoutWhatWasSentAfterIt() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 2);
        unit.bench.settle();
        assertEquals(0, status());

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(1, status());
        unit.bench.complete(DEVICE, 2);
        unit.bench.settle();
        assertEquals(2, status());
    }

    @Test
    void shouldCompleteWaitsInTheOrderOfTheQueue() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 2);
        unit.bench.settle();

        unit.bench.complete(DEVICE, 2);
        unit.bench.settle();
        assertEquals(0, status(), "the answer to the first is missing");
        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(2, status());
    }

    @Test
    void shouldLeaveHeadOnTheOldestPendingWait() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(ALL_TRANSLATIONS, 0);
        unit.bench.settle();
        assertEquals(32, unit.read64(VtdUnderTest.IQH));

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(96, unit.read64(VtdUnderTest.IQH));
    }

    @Test
    void shouldReadTheQueueAgainFromTheOldestWaitAfterATimeOut() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(ALL_TRANSLATIONS, 0);
        waitWith(0, 2);
        run(2 * unit.config.deviceTlbTimeout().value());
        assertEquals(ITE, unit.read32(VtdUnderTest.FSTS) & ITE);
        assertEquals(32, unit.read64(VtdUnderTest.IQH));
        assertEquals(0, status());
        long before = executed();

        unit.write32(VtdUnderTest.FSTS, ITE);
        unit.bench.settle();
        assertEquals(2, status());
        assertEquals(3, executed() - before);
    }

    @Test
    void shouldRespondToAPageRequestOnlyOnce() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        int before = unit.bench.sent.size();
        unit.respond(PASID, 1);
        unit.bench.settle();
        assertEquals(before + 1, unit.bench.sent.size(), "the invalidation");

        run(2 * unit.config.deviceTlbTimeout().value());
        unit.write32(VtdUnderTest.FSTS, ITE);
        unit.bench.settle();
        assertEquals(before + 2, unit.bench.sent.size(), "and one response");
    }

    @Test
    void shouldReportAWrongDescriptorWhenTheWaitsBeforeItAreComplete() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.descriptor(0xF, 0);
        unit.bench.settle();
        assertEquals(0, unit.read32(VtdUnderTest.FSTS) & IQE);

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertEquals(IQE, unit.read32(VtdUnderTest.FSTS) & IQE);
        assertEquals(64, unit.read64(VtdUnderTest.IQH), "on the descriptor");
        assertEquals(1, status());
    }

    @Test
    void shouldBeOnUntilTheLastWaitIsComplete() {
        unit.descriptor(DEVICE_PAGE, IOVA);
        waitWith(0, 1);
        unit.write32(VtdUnderTest.GCMD, VtdUnderTest.TE);
        unit.bench.settle();
        assertTrue((unit.read32(VtdUnderTest.GSTS) & VtdUnderTest.QIE) != 0);

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();
        assertFalse((unit.read32(VtdUnderTest.GSTS) & VtdUnderTest.QIE) != 0);
    }
}
