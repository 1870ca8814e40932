package svasim.models.dmabench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;
import svasim.trace.TraceListener;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;
import svasim.units.Require;

class DmaBenchTest {
    private static final int NO_PASID = -1;
    private static final long WINDOW = 0x10_0000;
    private static final int WINDOW_BYTES = 64 << 10;
    private static final int SAMPLES = 200;

    @Test
    void shouldReadWholeLinesAnywhereInTheWindowAndNowhereElse() {
        CardUnderTest card = card(1, 0, 0, 0, 1, 64);

        List<Long> addresses = new ArrayList<>();
        card.machine().trace().add(reads(addresses));
        measure(card, CardRegister.READ);

        assertEquals(SAMPLES, addresses.size());
        assertTrue(addresses.stream().allMatch(at -> at % 64 == 0));
        assertTrue(addresses.stream().allMatch(at -> at >= WINDOW && at < WINDOW + WINDOW_BYTES));
        assertTrue(addresses.stream().map(at -> at >> 12).distinct().count() == 16);
        assertEquals(SAMPLES, card.read(CardRegister.TAKEN));
        assertEquals(0, card.read(CardRegister.FAILED));
    }

    @Test
    void shouldAddItsOverheadToEachSampleAndNothingElse() {
        Histogram plain = measure(card(1, 0, 0, 0, 1, 64), CardRegister.READ);
        Histogram slow = measure(card(1, 400, 0, 0, 1, 64), CardRegister.READ);

        assertEquals(400_000, slow.getMinValue() - plain.getMinValue(), 2_000);
        assertEquals(400_000, slow.getMaxValue() - plain.getMaxValue(), 2_000);
    }

    @Test
    void shouldKeepTheIssueIntervalHoweverManyAreUnderWay() {
        CardUnderTest card = card(32, 0, 50, 0, 1, 64);

        measure(card, CardRegister.WRITE);

        long busy = counter(card, "dev.busy.ps");
        assertTrue(busy >= (SAMPLES - 1) * 50_000L, "took " + busy);
        assertTrue(busy < SAMPLES * 50_000L + 2_000_000, "took " + busy);
    }

    @Test
    void shouldShowBitsOfPayloadPerSecond() {
        CardUnderTest card = card(1, 0, 0, 2, 1, 256);
        card.machine().map(NO_PASID, 0x80_0000, 2 * 4096);
        card.write(CardRegister.RING_ADDRESS, 0x80_0000);

        measure(card, CardRegister.READ);
        measure(card, CardRegister.WRITE);
        measure(card, CardRegister.READ);

        long read = counter(card, "dev.read.bandwidth.bps");
        long write = counter(card, "dev.write.bandwidth.bps");
        double both = 2.0 * SAMPLES * 256 * 8 / read + 1.0 * SAMPLES * 256 * 8 / write;
        assertTrue(read > 0 && write > read, read + " and " + write);
        assertEquals(counter(card, "dev.busy.ps") / 1e12, both, both / 1e6);
    }

    @Test
    void shouldOverlapAccessesAsFarAsAllowed() {
        long alone = busy(card(1, 0, 0, 0, 1, 64));
        long eight = busy(card(8, 0, 0, 0, 1, 64));

        assertTrue(eight < alone / 5, alone + " alone, " + eight + " with eight");
    }

    @Test
    void shouldTouchItsOwnQueuesInTurnAndNotMeasureThem() {
        CardUnderTest card = card(1, 0, 0, 3, 2, 64);
        long ring = 0x80_0000;
        card.machine().map(NO_PASID, ring, 3 * 4096);
        card.write(CardRegister.RING_ADDRESS, ring);
        List<Long> addresses = new ArrayList<>();
        card.machine().trace().add(reads(addresses));

        Histogram latency = measure(card, CardRegister.READ);

        List<Long> touches = addresses.stream().filter(at -> at >= ring).toList();
        assertEquals(SAMPLES / 2, touches.size());
        assertEquals(List.of(ring, ring + 4096, ring + 8192, ring), touches.subList(0, 4));
        assertEquals(SAMPLES, latency.getTotalCount());
    }

    @Test
    void shouldSpareTheRestOfTheWindowWhileAPartIsHot() {
        CardUnderTest card = card(1, 0, 0, 0, 1, 64, ByteSize.ofKiB(4), 5);
        List<Long> addresses = new ArrayList<>();
        card.machine().trace().add(reads(addresses));
        measure(card, CardRegister.READ);

        long far = addresses.stream().filter(at -> at >= WINDOW + 4096).count();
        long farPages = addresses.stream().map(at -> at >> 12).distinct().count() - 1;
        assertTrue(far > SAMPLES / 10 && far < SAMPLES * 3 / 10, far + " far of " + SAMPLES);
        assertTrue(farPages > 8, farPages + " pages besides the hot one");
    }

    @Test
    void shouldRefuseFarAccessesWhereNothingIsHot() {
        assertEquals(
                "farEvery",
                assertThrows(Require.Violation.class, () -> card(1, 0, 0, 0, 1, 64, null, 5))
                        .component());
    }

    @Test
    void shouldNeverCrossAPageWhateverTheSize() {
        CardUnderTest card = card(1, 0, 0, 0, 1, 3000);
        List<Long> addresses = new ArrayList<>();
        card.machine().trace().add(reads(addresses));

        measure(card, CardRegister.READ);

        assertEquals(SAMPLES, card.read(CardRegister.TAKEN));
        assertEquals(0, card.read(CardRegister.FAILED));
    }

    @Test
    void shouldCountAccessesThatFail() {
        CardUnderTest card = card(1, 0, 0, 0, 1, 64);

        card.start(CardRegister.READ, NO_PASID, 0x4000_0000, WINDOW_BYTES, 10);
        card.machine().run();

        assertEquals(10, card.read(CardRegister.FAILED));
        assertEquals(List.of(), card.machine().device().waitingFor());
    }

    @Test
    void shouldInterruptOnceAtTheEnd() {
        CardUnderTest card = card(4, 0, 0, 0, 1, 64);
        card.write(CardRegister.MESSAGE_ADDRESS, 0xfee0_0000L);
        card.write(CardRegister.MESSAGE_DATA, 0x31);

        measure(card, CardRegister.READ);

        assertEquals(List.of(0x31), card.machine().interrupts());
    }

    @Test
    void shouldRefuseQueuesOfItsOwnAmongAProcessesAddresses() {
        assertThrows(
                Require.Violation.class,
                () ->
                        new DmaBenchConfig(
                                DmaBenchConfig.Addressing.SVA,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                4,
                                null));
    }

    private static long busy(CardUnderTest card) {
        measure(card, CardRegister.READ);
        return counter(card, "dev.busy.ps");
    }

    private static long counter(CardUnderTest card, String name) {
        return card.machine().statistics().counters().get(name).value();
    }

    private static Histogram measure(CardUnderTest card, long control) {
        card.start(control, NO_PASID, WINDOW, WINDOW_BYTES, SAMPLES);
        card.machine().run();
        String name = control == CardRegister.READ ? "read" : "write";
        return card.machine().statistics().latencies().get("dev." + name + ".latency.ps");
    }

    private static CardUnderTest card(
            int outstanding,
            int overheadNs,
            int intervalNs,
            int ringPages,
            int ringEvery,
            int transfer) {
        return card(
                outstanding, overheadNs, intervalNs, ringPages, ringEvery, transfer, null, null);
    }

    private static CardUnderTest card(
            int outstanding,
            int overheadNs,
            int intervalNs,
            int ringPages,
            int ringEvery,
            int transfer,
            ByteSize hot,
            Integer farEvery) {
        CardUnderTest card =
                new CardUnderTest(
                        new DmaBenchConfig(
                                null,
                                null,
                                null,
                                null,
                                hot,
                                farEvery,
                                null,
                                new ByteSize(transfer),
                                outstanding,
                                Picoseconds.ofNanos(overheadNs),
                                Picoseconds.ofNanos(intervalNs),
                                ringPages,
                                ringEvery));
        card.machine().map(NO_PASID, WINDOW, WINDOW_BYTES);
        return card;
    }

    /** Notes the addresses of the card's reads as they leave it. */
    private static TraceListener reads(List<Long> addresses) {
        return new TraceListener() {
            @Override
            public boolean wants(Kind kind) {
                return kind == Kind.TLP_SENT;
            }

            @Override
            public void on(
                    long id,
                    long cause,
                    long timePs,
                    Kind kind,
                    int lane,
                    long a,
                    long b,
                    long c,
                    Object subject) {
                if (subject instanceof Tlp.MemoryRead read
                        && read.requesterId() == MachineUnderTest.RID) {
                    addresses.add(read.address());
                }
            }
        };
    }
}
