package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.ATS;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.DOMAIN;
import static svasim.iommu.amdvi.AmdViUnderTest.GIOV;
import static svasim.iommu.amdvi.AmdViUnderTest.GV;
import static svasim.iommu.amdvi.AmdViUnderTest.MEMORY_END;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.PA;
import static svasim.iommu.amdvi.AmdViUnderTest.PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_AND_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.TWO_LEVELS;
import static svasim.iommu.amdvi.AmdViUnderTest.VA;
import static svasim.iommu.amdvi.AmdViUnderTest.VALID;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.iommu.core.Provokes;
import svasim.paging.Access;
import svasim.paging.Stage;
import svasim.pcie.tlp.CompletionStatus;

/** What leads to each event, and what is recorded (amdvi.md, 2, 3, 4 and 6). */
class EventsProvokedTest {
    /** An identity of guest physical pages under a device's guest tables; returns host tables. */
    private static Stage nested(AmdViUnderTest unit) {
        Stage host = unit.hostDevice(4, AmdViUnderTest.root0() | GV | TWO_LEVELS, 0);
        unit.store(AmdViUnderTest.deviceEntry() + 8, AmdViUnderTest.root1(ATS));
        return host;
    }

    /** One way to each event. */
    private static Map<Event, Consumer<AmdViUnderTest>> ways() {
        Map<Event, Consumer<AmdViUnderTest>> ways = new EnumMap<>(Event.class);
        ways.put(
                Event.ILLEGAL_DEV_TABLE_ENTRY,
                unit -> {
                    unit.device(VALID | 7L << 9, 0);
                    unit.read(NO_PASID, VA);
                });
        ways.put(Event.IO_PAGE_FAULT, unit -> unit.read(PASID, VA + 4096));
        ways.put(
                Event.DEV_TAB_HARDWARE_ERROR,
                unit -> {
                    unit.control(0);
                    unit.register(RegisterOffset.DEVICE_TABLE_BASE, MEMORY_END | 0x1FF);
                    unit.on();
                    unit.read(PASID, VA);
                });
        ways.put(
                Event.PAGE_TAB_HARDWARE_ERROR,
                unit -> {
                    unit.store(unit.guestRootEntry(PASID), MEMORY_END | 1);
                    unit.read(PASID, VA);
                });
        ways.put(Event.ILLEGAL_COMMAND_ERROR, unit -> unit.command(0, 0));
        ways.put(
                Event.COMMAND_HARDWARE_ERROR,
                unit -> {
                    unit.register(RegisterOffset.COMMAND_BUFFER_BASE, MEMORY_END | 8L << 56);
                    unit.command(0, 0);
                });
        ways.put(
                Event.IOTLB_INV_TIMEOUT,
                unit -> {
                    unit.bench.devicesAnswer(false);
                    unit.control(AmdViUnderTest.ON | 1 << 5);
                    unit.command(4L << 60 | 32 << 24 | DEVICE, VA);
                    unit.bench.kernel.run(
                            unit.bench.kernel.nowPs() + 1_000_000_000L, Long.MAX_VALUE);
                });
        ways.put(
                Event.INVALID_DEVICE_REQUEST,
                unit -> {
                    unit.device(VALID | READ_AND_WRITE, DOMAIN);
                    unit.bench.translated(DEVICE, NO_PASID, VA, Access.READ);
                });
        ways.put(
                Event.INVALID_PPR_REQUEST,
                unit -> {
                    unit.device(VALID | READ_AND_WRITE, DOMAIN);
                    unit.bench.requestPage(DEVICE, PASID, VA, 3);
                });
        return ways;
    }

    @Provokes
    @ParameterizedTest
    @EnumSource
    void shouldRecordWhatProvokesTheEvent(Event event) {
        var unit = AmdViUnderTest.mapped();

        ways().get(event).accept(unit);

        assertEquals(1, unit.events());
        assertEquals(event.code(), unit.load(AmdViUnderTest.EVENTS) >>> 60);
        assertTrue(unit.status(StatusBit.EVENT_LOG_INT));
    }

    @Test
    void shouldHaveAWayToEachEvent() {
        assertEquals(EnumSet.allOf(Event.class), ways().keySet());
    }

    @Test
    void shouldTellTheAddressOfAGuestTableThatGivesNoAnswer() {
        var unit = AmdViUnderTest.mapped();
        unit.store(unit.guestRootEntry(PASID), MEMORY_END | 1);

        var outcome = unit.read(PASID, VA);

        assertEquals(CompletionStatus.COMPLETER_ABORT, outcome.status());
        long entry = MEMORY_END + (VA >>> 39 & 0x1FF) * 8;
        unit.assertOneEvent(0x4201_5123_0000_0000L | DEVICE, entry);
    }

    @Test
    void shouldTellTheAddressOfADeviceTableThatGivesNoAnswer() {
        var unit = new AmdViUnderTest();
        unit.register(RegisterOffset.DEVICE_TABLE_BASE, MEMORY_END | 0x1FF);
        unit.on().write(NO_PASID, VA);

        unit.assertOneEvent(0x3220_0000_0000_0000L | DEVICE, MEMORY_END + DEVICE * 32L);
    }

    @Test
    void shouldTakeADeviceBeyondTheTableAsAnIllegalEntry() {
        var unit = new AmdViUnderTest();
        unit.register(RegisterOffset.DEVICE_TABLE_BASE, AmdViUnderTest.DEVICE_TABLE);
        unit.on();

        assertEquals(1, unit.bench.access(128, NO_PASID, VA, Access.READ).code());
        unit.assertTranslated(VA, unit.bench.access(127, NO_PASID, VA, Access.READ));
    }

    @Test
    void shouldFaultWithoutLookingAtTablesWhileTranslationIsNotValid() {
        var unit = new AmdViUnderTest().on().device(1 | READ_AND_WRITE, DOMAIN);

        unit.read(NO_PASID, VA);

        unit.assertOneEvent(0x2000_0051_0000_0000L | DEVICE, VA);
    }

    @Test
    void shouldFaultOnAPasidWithoutGuestTranslation() {
        var unit = new AmdViUnderTest().on().device(VALID | READ_AND_WRITE, DOMAIN);

        unit.write(PASID, VA);

        unit.assertOneEvent(0x2005_5123_0000_0000L | DEVICE, VA);
    }

    @Test
    void shouldFaultOnAPasidWhileGuestTranslationIsOff() {
        var unit = AmdViUnderTest.mapped().control(AmdViUnderTest.ON & ~(1 << 16));

        assertEquals(2, unit.read(PASID, VA).code());
    }

    /** The GCR3 table has two levels: 2^18 PASIDs. */
    @Test
    void shouldFaultOnAPasidThatTheTableDoesNotCover() {
        var unit = AmdViUnderTest.mapped();

        assertEquals(2, unit.read(1 << 18, VA).code());
        unit.assertOneEvent(0x2005_0000_0004_0000L | DEVICE, VA);
    }

    @Test
    void shouldFaultOnAPasidOfMoreBitsThanTheUnitHas() {
        var unit = AmdViUnderTest.with(Map.of("EFR.PASmax", 13L)).guestDevice().on();
        unit.map(unit.bind(PASID), VA, PA, READ_WRITE);

        assertEquals(2, unit.read(PASID, VA).code());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 11, 52, 63})
    void shouldTellReservedBitsOfGuestRootEntries(int bit) {
        var unit = AmdViUnderTest.mapped();
        unit.store(unit.guestRootEntry(PASID), unit.load(unit.guestRootEntry(PASID)) | 1L << bit);

        unit.read(PASID, VA);

        unit.assertOneEvent(0x2095_5123_0000_0000L | DEVICE, VA);
    }

    @Test
    void shouldAcceptCacheControlInGuestRootEntries() {
        var unit = AmdViUnderTest.mapped();
        unit.store(unit.guestRootEntry(PASID), unit.load(unit.guestRootEntry(PASID)) | 3 << 3);

        unit.assertTranslated(PA, unit.read(PASID, VA));
    }

    @Test
    void shouldTellAPrivilegedExecuteRequest() {
        var unit = AmdViUnderTest.mapped();

        unit.bench.access(
                DEVICE, PASID, VA + 4096, Access.READ | Access.EXECUTE | Access.PRIVILEGED);

        unit.assertOneEvent(0x2003_5123_0000_0000L | DEVICE, VA + 4096);
    }

    @Test
    void shouldFaultAtTheFirstAddressAboveTheMode() {
        var unit = new AmdViUnderTest().on();
        Stage host = unit.hostDevice(3, 0, 0);
        unit.map(host, (1L << 39) - 4096, PA, READ_WRITE);

        unit.assertTranslated(PA + 4095, unit.read(NO_PASID, (1L << 39) - 1));
        unit.read(NO_PASID, 1L << 39);
        unit.assertOneEvent(0x2000_0051_0000_0000L | DEVICE, 1L << 39);
    }

    @Test
    void shouldPassAddressesWithoutTablesAsTheEntryPermits() {
        var unit = new AmdViUnderTest().on().device(VALID | 1L << 61, DOMAIN);

        unit.assertTranslated(VA, unit.read(NO_PASID, VA));
        unit.write(NO_PASID, VA);
        unit.assertOneEvent(0x2070_0051_0000_0000L | DEVICE, VA);
    }

    @Test
    void shouldAndTheEntrysPermissionsInGuestTables() {
        var unit = AmdViUnderTest.mapped();
        unit.store(
                AmdViUnderTest.deviceEntry(),
                unit.load(AmdViUnderTest.deviceEntry()) & ~(1L << 62));

        unit.assertTranslated(PA, unit.read(PASID, VA));
        assertEquals(2, unit.write(PASID, VA).code());
    }

    @Test
    void shouldUseGuestTablesOfPasidZeroForRequestsWithoutPasid() {
        var unit = AmdViUnderTest.mapped();
        unit.map(unit.bind(0), VA, PA + 4096, READ_WRITE);
        assertEquals(VA, unit.read(NO_PASID, VA).address());

        unit.store(AmdViUnderTest.deviceEntry(), unit.load(AmdViUnderTest.deviceEntry()) | GIOV);
        unit.command(2L << 60 | DEVICE, 0);

        unit.assertTranslated(PA + 4096, unit.read(NO_PASID, VA));
    }

    @Test
    void shouldReachGuestTablesThroughHostTables() {
        var unit = new AmdViUnderTest().on();
        Stage host = nested(unit);
        unit.map(unit.bind(PASID), VA, 0x7000, READ_WRITE);
        for (long at = 0x1000_0000L; at < 0x1002_0000L; at += 4096) {
            unit.map(host, at, at, READ_WRITE);
        }
        assertEquals(2, unit.read(PASID, VA).code());

        unit.map(host, 0x7000, PA, READ_WRITE);

        unit.assertTranslated(PA, unit.write(PASID, VA));
        unit.assertTranslated(PA, unit.read(NO_PASID, 0x7000));
    }

    @Test
    void shouldFaultOnAGuestRootTableThatHostTablesDoNotMap() {
        var unit = new AmdViUnderTest().on();
        nested(unit);
        unit.map(unit.bind(PASID), VA, 0x7000, READ_WRITE);

        unit.read(PASID, VA);

        unit.assertOneEvent(0x2005_5123_0000_0000L | DEVICE, VA);
    }

    /** The first GCR3 table lies where host tables say, if software asks for that. */
    @Test
    void shouldReachTheFirstGuestRootTableThroughHostTablesWhenToldSo() {
        var unit = AmdViUnderTest.with(Map.of("EFR2.GCR3TRPMode", 1L)).on();
        Stage host = nested(unit);
        unit.map(unit.bind(PASID), VA, PA, READ_WRITE);
        unit.map(host, PA, PA, READ_WRITE);
        for (long at = 0x1000_0000L; at < 0x1002_0000L; at += 4096) {
            unit.map(host, at, at, READ_WRITE);
        }
        unit.assertTranslated(PA, unit.read(PASID, VA));

        unit.control(AmdViUnderTest.ON | 1L << 58).command(8L << 60, 0);
        assertEquals(2, unit.read(PASID, VA).code());

        unit.map(host, AmdViUnderTest.GCR3, AmdViUnderTest.GCR3, READ_WRITE);
        unit.assertTranslated(PA, unit.read(PASID, VA));
    }

    @Test
    void shouldSuppressAllPageFaults() {
        var unit = new AmdViUnderTest().on();
        unit.hostDevice(3, 0, 1L << 34);

        assertEquals(2, unit.read(NO_PASID, 0).code());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldSuppressFurtherPageFaultsUntilTheEntryIsReadAgain() {
        var unit = new AmdViUnderTest().on();
        unit.hostDevice(3, 0, 1L << 33);

        unit.read(NO_PASID, 0);
        unit.read(NO_PASID, 4096);
        assertEquals(1, unit.events());
        unit.command(2L << 60 | DEVICE, 0);
        unit.read(NO_PASID, 0);
        assertEquals(2, unit.events());
    }

    @Test
    void shouldStopLoggingWhenTheLogIsFull() {
        var unit = new AmdViUnderTest().on();
        unit.hostDevice(3, 0, 0);
        for (int i = 0; i < 255; i++) {
            unit.read(NO_PASID, 0);
        }
        assertTrue(unit.status(StatusBit.EVENT_LOG_RUN));

        unit.read(NO_PASID, 0);

        assertEquals(255, unit.events());
        assertTrue(unit.status(StatusBit.EVENT_OVERFLOW));
        assertEquals(false, unit.status(StatusBit.EVENT_LOG_RUN));
        unit.register(RegisterOffset.STATUS, 1);
        assertEquals(
                false,
                unit.status(StatusBit.EVENT_LOG_RUN),
                "the log has to be switched off and on");
        unit.control(AmdViUnderTest.ON & ~4).on();
        assertTrue(unit.status(StatusBit.EVENT_LOG_RUN));
    }

    @Test
    void shouldLoseEventsWhileTheLogIsOff() {
        var unit = AmdViUnderTest.mapped().control(AmdViUnderTest.ON & ~4);

        unit.read(PASID, 0);

        assertEquals(0, unit.events());
        assertEquals(1, unit.bench.counter("eventlog.lost"));
    }
}
