package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.DOMAIN;
import static svasim.iommu.amdvi.AmdViUnderTest.GPRP;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.ON;
import static svasim.iommu.amdvi.AmdViUnderTest.PAGE_REQUESTS;
import static svasim.iommu.amdvi.AmdViUnderTest.PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.PPR;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_AND_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.VA;
import static svasim.iommu.amdvi.AmdViUnderTest.VALID;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp;

/** Page requests, the PPR log, its overflow, and answers (amdvi.md, 7). */
class PageRequestTest {
    private static final int GROUP = 0xA5;
    private static final int CAPACITY = AmdViUnderTest.RING_ENTRIES - 1;
    private static final long COMPLETE = 7L << 60 | (long) PASID << 32 | DEVICE;
    private static final long PPR_INT_EN = 1 << 14;
    private static final long AUTO = 1L << 39;
    private static final long AUTO_ALWAYS = 1L << 42;
    private static final long HIDE_STOP_MARKERS = 1L << 41;

    private final AmdViUnderTest unit = AmdViUnderTest.mapped();

    private void send(boolean read, boolean write, boolean last, PasidPrefix prefix) {
        unit.unit.receive(
                new Tlp.PageRequest(DEVICE, VA, GROUP, last, write, read, prefix),
                unit.bench.kernel.nowPs());
        unit.bench.settle();
    }

    private void request() {
        unit.bench.requestPage(DEVICE, PASID, VA, GROUP);
    }

    private Tlp.PageGroupResponse onlyResponse() {
        assertEquals(1, unit.bench.sent.size());
        return (Tlp.PageGroupResponse) unit.bench.sent.remove(0);
    }

    private void fill() {
        for (int i = 0; i < CAPACITY; i++) {
            request();
        }
    }

    /** Flags of the record: [59:48] without GN (0x100), which all of these have. */
    @ParameterizedTest
    @CsvSource({
        "true, false, false, false, 0x44", "false, true, false, false, 0x60",
        "true, true, true, false, 0x24", "true, false, false, true, 0x46"
    })
    void shouldTellKindAndPrivilegeOfTheAccess(
            boolean read, boolean write, boolean privileged, boolean execute, String flags) {
        send(read, write, false, new PasidPrefix(PASID, privileged, execute));

        long word = unit.load(PAGE_REQUESTS);
        assertEquals(0x100 | Long.decode(flags), word >>> 48 & 0xFFF);
        assertEquals(0, word >>> 41 & 1, "not the last of its group");
        assertEquals(0, unit.bench.sent.size());
    }

    @Test
    void shouldSplitThePasid() {
        send(true, false, true, new PasidPrefix(0xABCDE));

        long word = unit.load(PAGE_REQUESTS);
        assertEquals(0xBCDE, word >>> 16 & 0xFFFF);
        assertEquals(0xA, word >>> 42 & 0xF);
    }

    @Test
    void shouldLogARequestWithoutPasid() {
        send(true, false, true, null);

        assertEquals(0x1004_02A5_0000_0000L | DEVICE, unit.load(PAGE_REQUESTS));
    }

    @Test
    void shouldInterruptForTheFirstRequestAfterSoftwareHasLooked() {
        unit.register(RegisterOffset.MSI_CAPABILITY, 0xFEE0_0000L << 32 | 1 << 16);
        request();
        request();
        assertEquals(1, unit.bench.messages.size());

        unit.register(RegisterOffset.STATUS, StatusBit.PPR_INT.mask());
        request();
        assertEquals(2, unit.bench.messages.size());

        unit.register(RegisterOffset.STATUS, StatusBit.PPR_INT.mask());
        unit.control(ON & ~PPR_INT_EN);
        request();
        assertEquals(2, unit.bench.messages.size());
    }

    @ParameterizedTest
    @ValueSource(longs = {VALID | READ_AND_WRITE, 1 | PPR})
    void shouldRefuseADeviceThatMayNotAsk(long q0) {
        unit.device(q0, DOMAIN);

        request();

        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, onlyResponse().code());
        assertEquals(0, unit.pageRequests());
        unit.assertOneEvent(0x9164_02A5_5123_0000L | DEVICE, VA);
    }

    @Test
    void shouldRefuseADeviceWithAnIllegalEntry() {
        unit.device(VALID | PPR | 7L << 9, DOMAIN);

        request();

        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, onlyResponse().code());
        assertEquals(1, unit.load(AmdViUnderTest.EVENTS) >>> 60);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 13, 15})
    void shouldRefuseEverythingWhileSwitchedOff(int bit) {
        unit.control(ON & ~(1L << bit));

        request();

        assertEquals(Tlp.PageGroupResponse.INVALID_REQUEST, onlyResponse().code());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldAnswerARefusedGroupOnce() {
        unit.device(VALID | READ_AND_WRITE, DOMAIN);

        send(true, false, false, new PasidPrefix(PASID));
        assertEquals(0, unit.bench.sent.size());
        send(true, false, true, new PasidPrefix(PASID));

        assertEquals(PASID, onlyResponse().pasid().pasid());
    }

    @Test
    void shouldLoseRequestsWhenTheLogIsFull() {
        fill();
        assertTrue(unit.status(StatusBit.PPR_LOG_RUN));
        assertFalse(unit.status(StatusBit.PPR_OVERFLOW));

        request();

        assertTrue(unit.status(StatusBit.PPR_OVERFLOW));
        assertFalse(unit.status(StatusBit.PPR_LOG_RUN));
        assertEquals(CAPACITY, unit.pageRequests());
        assertEquals(0, unit.bench.sent.size());
        assertEquals(1, unit.bench.counter("pprlog.lost"));
    }

    @Test
    void shouldLoseEverythingUntilSoftwareHasRecovered() {
        fill();
        request();
        unit.register(RegisterOffset.PPR_HEAD, 160);
        request();
        assertEquals(CAPACITY - 10, unit.pageRequests());

        unit.control(ON & ~(1 << 13));
        unit.register(
                RegisterOffset.STATUS, StatusBit.PPR_OVERFLOW.mask() | StatusBit.PPR_INT.mask());
        unit.register(RegisterOffset.PPR_HEAD, 0);
        unit.register(RegisterOffset.PPR_TAIL, 0);
        unit.on();
        request();

        assertEquals(1, unit.pageRequests());
        assertTrue(unit.status(StatusBit.PPR_LOG_RUN));
    }

    @Test
    void shouldAnswerLostRequestsWithTheCodeOfTheRegister() {
        unit.control(ON | AUTO);
        fill();
        request();
        assertEquals(Tlp.PageGroupResponse.SUCCESS, onlyResponse().code());

        unit.register(RegisterOffset.PPR_AUTO_RESPONSE, 0xF);
        request();
        Tlp.PageGroupResponse failure = onlyResponse();
        assertEquals(Tlp.PageGroupResponse.RESPONSE_FAILURE, failure.code());
        assertEquals(PASID, failure.pasid().pasid());

        unit.register(RegisterOffset.PPR_AUTO_RESPONSE, 0x10);
        request();
        assertNull(onlyResponse().pasid());
        send(true, false, false, new PasidPrefix(PASID));
        assertEquals(0, unit.bench.sent.size(), "not the last of its group");
    }

    @Test
    void shouldAnswerEverythingWhenToldSo() {
        unit.control(ON | AUTO | AUTO_ALWAYS);

        request();

        assertEquals(Tlp.PageGroupResponse.SUCCESS, onlyResponse().code());
        assertEquals(0, unit.pageRequests());
    }

    @Test
    void shouldWarnBeforeTheLogOverflows() {
        unit.register(RegisterOffset.PPR_OVERFLOW_EARLY, 1L << 31 | 3);
        request();
        request();
        assertFalse(unit.status(StatusBit.PPR_OVERFLOW_EARLY));

        request();

        assertTrue(unit.status(StatusBit.PPR_OVERFLOW_EARLY));
        assertFalse(unit.status(StatusBit.PPR_OVERFLOW));
    }

    @Test
    void shouldLogOrHideStopMarkers() {
        send(false, false, true, new PasidPrefix(PASID));
        assertEquals(1, unit.pageRequests());

        unit.control(ON | HIDE_STOP_MARKERS);
        send(false, false, true, new PasidPrefix(PASID));

        assertEquals(1, unit.pageRequests());
        assertEquals(0, unit.bench.sent.size());
    }

    @ParameterizedTest
    @CsvSource({"true, 0x5123", "false, -1"})
    void shouldSendAnswersWithPasidOnlyIfTheDevicesEntrySaysSo(boolean gprp, String pasid) {
        long entry = AmdViUnderTest.DEVICE_TABLE + DEVICE * 32L;
        unit.store(entry, gprp ? unit.load(entry) | GPRP : unit.load(entry) & ~GPRP);
        request();

        unit.command(COMPLETE, (long) GROUP << 32 | 4);

        int found = PasidPrefix.number(onlyResponse().pasid());
        assertEquals(Integer.decode(pasid), found);
    }

    @Test
    void shouldSendAnAnswerWithoutPasidToARequestWithout() {
        unit.bench.requestPage(DEVICE, NO_PASID, VA, GROUP);

        unit.command(7L << 60 | DEVICE, (long) GROUP << 32);

        assertNull(onlyResponse().pasid());
    }

    @Test
    void shouldHoldAWaitUntilEarlierRequestsAreLogged() {
        unit.read(PASID, VA);
        unit.unit.receive(
                new Tlp.PageRequest(DEVICE, VA, GROUP, true, true, true, new PasidPrefix(PASID)),
                unit.bench.kernel.nowPs());
        unit.place(1L << 60 | AmdViUnderTest.STORE | 1, 9);
        unit.ring();
        while (unit.load(AmdViUnderTest.STORE) == 0) {
            unit.bench.kernel.run(unit.bench.kernel.nowPs() + 100, Long.MAX_VALUE);
        }

        assertEquals(1, unit.pageRequests());
    }
}
