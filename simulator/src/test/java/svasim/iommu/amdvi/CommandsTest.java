package svasim.iommu.amdvi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.iommu.amdvi.AmdViUnderTest.DEVICE;
import static svasim.iommu.amdvi.AmdViUnderTest.DOMAIN;
import static svasim.iommu.amdvi.AmdViUnderTest.NO_PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.PA;
import static svasim.iommu.amdvi.AmdViUnderTest.PASID;
import static svasim.iommu.amdvi.AmdViUnderTest.READ_WRITE;
import static svasim.iommu.amdvi.AmdViUnderTest.STORE;
import static svasim.iommu.amdvi.AmdViUnderTest.VA;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.paging.Stage;

/** Every command: what it does, what makes it illegal, what a wait waits for (amdvi.md, 5). */
class CommandsTest {
    private static final long OTHER = VA + 0x1000;
    private static final long WAIT = 1L << 60;
    private static final long PAGES = 3L << 60 | (long) DOMAIN << 32;
    private static final long IOTLB = 4L << 60 | 32 << 24 | DEVICE;
    private static final long EVERYTHING = 0x7FFF_FFFF_FFFF_F000L;
    private static final int SIZED = 1;
    private static final int TABLES = 1 << 1;
    private static final int GUEST = 1 << 2;
    private static final long MILLISECOND_PS = 1_000_000_000L;

    private final AmdViUnderTest unit = AmdViUnderTest.mapped();

    /** Two pages of host tables without PASID, both in the IOTLB, then unmapped. */
    private Stage forgottenHostPages() {
        Stage host = unit.hostDevice(4, 0, 0);
        unit.map(host, VA, PA, READ_WRITE);
        unit.map(host, OTHER, PA, READ_WRITE);
        unit.read(NO_PASID, VA);
        unit.read(NO_PASID, OTHER);
        unit.unmap(host, VA);
        unit.unmap(host, OTHER);
        return host;
    }

    private void forgottenGuestPage() {
        unit.read(PASID, VA);
        unit.unmap(unit.guestOf(PASID), VA);
    }

    @ParameterizedTest
    @EnumSource
    void shouldStopAtEachReservedBitOfTheCommand(Opcode opcode) {
        for (int bit = 0; bit < 128; bit++) {
            long q0 = (long) opcode.code() << 60 | (bit < 60 ? 1L << bit : 0);
            long q1 = bit < 64 ? 0 : 1L << bit - 64;
            if (!opcode.reservedSet(new Command(q0, q1))) {
                continue;
            }
            long address = unit.command(q0, q1);

            unit.assertOneEvent(5L << 60, address);
            assertFalse(unit.status(StatusBit.CMD_BUF_RUN), "CmdBufRun");
            assertEquals(0, unit.register(RegisterOffset.COMMAND_HEAD));
            unit.restartCommands();
            assertTrue(unit.status(StatusBit.CMD_BUF_RUN));
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "9", "10", "11", "15"})
    void shouldStopAtUnknownCommands(long opcode) {
        long address = unit.command(opcode << 60, 0);
        unit.command(WAIT | STORE | 1, 7);

        unit.assertOneEvent(5L << 60, address);
        assertEquals(0, unit.load(STORE), "nothing behind it is carried out");
    }

    @ParameterizedTest
    @CsvSource({
        "EFR.PreFSup, 6, 0",
        "EFR.PPRSup, 7, 0",
        "EFR.IASup, 8, 0",
        "IotlbSup, 4, 0",
        "EFR.GTSup, 3, 4",
        "EFR.GTSup, 4, 4",
        "EFR.InvIotlbTypeSup, 4, 0x10"
    })
    void shouldRefuseCommandsWithoutTheirFeature(String feature, long opcode, String q1) {
        var bare = AmdViUnderTest.with(Map.of(feature, 0L)).on();

        long address = bare.command(opcode << 60, Long.decode(q1));

        bare.assertOneEvent(5L << 60, address);
    }

    private void prefetch(long page, int count, int flags) {
        long q0 = 6L << 60 | (long) PASID << 32 | (long) count << 24 | DEVICE;
        unit.command(q0, page | GUEST | flags);
    }

    private long walksForTwoReads() {
        long walks = unit.bench.counter("walk.count");
        unit.assertTranslated(PA, unit.read(PASID, VA));
        unit.read(PASID, OTHER);
        return unit.bench.counter("walk.count") - walks;
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "2, 0"})
    void shouldHaveWhatWasPrefetchedInTheIotlb(int count, int walks) {
        unit.map(unit.guestOf(PASID), OTHER, PA, READ_WRITE);

        prefetch(VA, count, 0);

        assertEquals(walks, walksForTwoReads());
        assertEquals(0, unit.events());
    }

    @Test
    void shouldNotTellFaultsOfAPrefetch() {
        prefetch(OTHER, 7, 0);

        assertEquals(0, unit.events());
    }

    @Test
    void shouldReadTablesAnewForAPrefetchThatSaysSo() {
        unit.read(PASID, VA);
        unit.map(unit.guestOf(PASID), OTHER, PA + 0x1000, READ_WRITE);
        unit.unmap(unit.guestOf(PASID), VA);
        unit.map(unit.guestOf(PASID), VA, PA + 0x2000, READ_WRITE);
        prefetch(VA, 1, 0);
        unit.assertTranslated(PA, unit.read(PASID, VA));

        prefetch(VA, 1, 1 << 4);

        unit.assertTranslated(PA + 0x2000, unit.read(PASID, VA));
    }

    @Test
    void shouldCompleteAWaitAfterEarlierPrefetches() {
        unit.place(6L << 60 | (long) PASID << 32 | 1 << 24 | DEVICE, VA | GUEST);
        unit.place(WAIT | STORE | 1, 1);
        unit.ring();
        while (unit.load(STORE) == 0) {
            unit.bench.kernel.run(unit.bench.kernel.nowPs() + 100, Long.MAX_VALUE);
        }
        long walks = unit.bench.counter("walk.count");

        unit.read(PASID, VA);

        assertEquals(walks, unit.bench.counter("walk.count"));
    }

    @Test
    void shouldCarryOutHintsWithoutEffect() {
        unit.command(5L << 60 | DEVICE, 0);
        unit.command(6L << 60 | DEVICE, VA);

        assertEquals(2, unit.bench.executed.size());
    }

    @Test
    void shouldForgetAGuestPageOnlyByItsDomainAndPasid() {
        forgottenGuestPage();

        unit.command(PAGES | PASID + 1, VA | GUEST);
        unit.command(PAGES + (1L << 32) | PASID, VA | GUEST);
        unit.command(PAGES, VA);
        unit.command(PAGES | PASID, OTHER | GUEST);
        unit.assertTranslated(PA, unit.read(PASID, VA));

        unit.command(PAGES | PASID, VA | GUEST);
        assertEquals(2, unit.read(PASID, VA).code());
    }

    @Test
    void shouldForgetAHostPageOnlyByItsDomain() {
        forgottenHostPages();

        unit.command(PAGES + (1L << 32), VA);
        unit.command(PAGES, VA | GUEST);
        unit.assertTranslated(PA, unit.read(NO_PASID, VA));

        unit.command(PAGES, VA);
        assertEquals(2, unit.read(NO_PASID, VA).code());
        unit.assertTranslated(PA, unit.read(NO_PASID, OTHER));
    }

    /** VA ends in 7000: its range of 8 KiB ends there, that of 16 KiB begins at 4000. */
    @ParameterizedTest
    @CsvSource({"0x6000, false", "0x5000, false", "0xb000, true", "0x3000, false", "0x7000, true"})
    void shouldForgetTheRangeThatTheAddressCodes(String low, boolean reachesOther) {
        forgottenHostPages();

        unit.command(PAGES, VA & -0x10000L | Long.decode(low) | SIZED);

        boolean inRange = !low.equals("0xb000");
        assertEquals(!inRange, unit.read(NO_PASID, VA).translated());
        assertEquals(!reachesOther, unit.read(NO_PASID, OTHER).translated());
    }

    @Test
    void shouldForgetUpperLevelsOnlyWhenAsked() {
        unit.read(PASID, VA);
        Stage guest = unit.guestOf(PASID);
        unit.store(guest.root() + (VA >>> 39 & 0x1FF) * 8, 0);

        unit.command(PAGES | PASID, VA | GUEST);
        unit.assertTranslated(PA, unit.read(PASID, VA));

        unit.command(PAGES | PASID, VA | GUEST | TABLES);
        assertEquals(2, unit.read(PASID, VA).code());
    }

    @Test
    void shouldKeepADeviceTableEntryUntilItIsInvalidated() {
        unit.read(PASID, VA);
        unit.device(0, 0);

        unit.command(PAGES | PASID, EVERYTHING | GUEST | SIZED | TABLES);
        unit.command(2L << 60 | DEVICE + 1, 0);
        unit.assertTranslated(PA, unit.read(PASID, VA));

        unit.command(2L << 60 | DEVICE, 0);
        assertEquals(VA, unit.read(PASID, VA).address(), "V=0: untranslated");
    }

    @Test
    void shouldTakeAnAddressWithoutAZeroForEverything() {
        unit.read(PASID, VA);
        unit.store(unit.guestRootEntry(PASID), 0);

        unit.command(PAGES | PASID, -4096L | GUEST | SIZED);

        assertEquals(2, unit.read(PASID, VA).code());
    }

    @Test
    void shouldForgetAGuestRootWithTheWholePasid() {
        unit.read(PASID, VA);
        unit.store(unit.guestRootEntry(PASID), 0);

        unit.command(PAGES | PASID, EVERYTHING | GUEST | SIZED | TABLES);

        assertEquals(2, unit.read(PASID, VA).code());
    }

    @Test
    void shouldForgetEverything() {
        forgottenGuestPage();
        unit.device(0, 0);

        unit.command(8L << 60, 0);

        assertEquals(VA, unit.read(PASID, VA).address());
    }

    @Test
    void shouldForgetNestedTranslationsWithAnyHostPageOfTheDomain() {
        Stage host =
                unit.hostDevice(
                        4,
                        AmdViUnderTest.root0() | AmdViUnderTest.GV | AmdViUnderTest.TWO_LEVELS,
                        0);
        long entry = AmdViUnderTest.DEVICE_TABLE + DEVICE * 32L;
        unit.store(entry + 8, AmdViUnderTest.root1(0));
        for (long at = 0x1000_0000L; at < 0x1002_0000L; at += 4096) {
            unit.map(host, at, at, READ_WRITE);
        }
        unit.map(host, PA, 0x7000, READ_WRITE);
        unit.assertTranslated(0x7000, unit.read(PASID, VA));
        unit.unmap(host, PA);
        unit.assertTranslated(0x7000, unit.read(PASID, VA));

        unit.command(PAGES, PA);

        assertEquals(2, unit.read(PASID, VA).code());
    }

    @Test
    void shouldInterruptWhenAWaitCompletes() {
        unit.register(RegisterOffset.MSI_CAPABILITY, 0xFEE0_1000L << 32 | 1 << 16);
        unit.register(RegisterOffset.MSI_ADDRESS_HIGH, 0x41L << 32);

        unit.command(WAIT | 2, 0);
        unit.command(WAIT | 2, 0);

        assertEquals(1, unit.bench.messages.size(), "only when the status bit was clear");
        assertEquals(0xFEE0_1000L, unit.bench.messages.get(0).address());
        assertEquals(0x41, unit.bench.messages.get(0).data());
        unit.register(RegisterOffset.STATUS, 4);
        unit.command(WAIT | 2, 0);
        assertEquals(2, unit.bench.messages.size());
    }

    @Test
    void shouldSetTheStatusOfAWaitWithoutInterrupt() {
        unit.control(AmdViUnderTest.ON & ~(1 << 4));
        unit.command(WAIT | 2, 0);

        assertTrue(unit.status(StatusBit.COM_WAIT_INT));
        assertEquals(0, unit.bench.messages.size());
    }

    @Test
    void shouldStoreOnlyAfterDevicesHaveAnswered() {
        unit.bench.devicesAnswer(false);
        unit.place(IOTLB, VA);
        unit.command(WAIT | STORE | 1, 5);
        assertEquals(0, unit.load(STORE));
        assertFalse(unit.unit.waitingFor().isEmpty());

        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();

        assertEquals(5, unit.load(STORE));
    }

    @Test
    void shouldSendNoMoreInvalidationsThanTheQueueTakes() {
        unit.bench.devicesAnswer(false);
        long two = 4L << 60 | 7L << 32 | 2 << 24;
        unit.place(two | DEVICE, VA);
        unit.place(two | DEVICE + 1, VA);
        unit.command(two | DEVICE + 2, VA);
        assertEquals(2, unit.bench.sent.size());

        unit.bench.complete(DEVICE + 1, 1);
        unit.bench.settle();

        assertEquals(3, unit.bench.sent.size());
    }

    /** InvTimeOut 1 to 3: 1, 10 and 100 ms; a wait completes once the device is given up. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 10", "3, 100"})
    void shouldGiveADeviceUpWhenItsTimeIsOver(long code, long milliseconds) {
        unit.bench.devicesAnswer(false);
        unit.control(AmdViUnderTest.ON | code << 5);
        long address = unit.place(IOTLB, VA);
        unit.place(WAIT | STORE | 1, 5);
        unit.ring();
        while (unit.bench.sent.isEmpty()) {
            unit.bench.kernel.run(unit.bench.kernel.nowPs() + 1, Long.MAX_VALUE);
        }
        long due = unit.bench.kernel.nowPs() + milliseconds * MILLISECOND_PS;

        unit.bench.kernel.run(due - 1, Long.MAX_VALUE);
        assertEquals(0, unit.events());
        unit.bench.kernel.run(due, Long.MAX_VALUE);

        unit.assertOneEvent(7L << 60 | DEVICE, address);
        unit.bench.settle();
        assertEquals(5, unit.load(STORE));
    }

    @Test
    void shouldWaitForEverWithoutTimeOut() {
        unit.bench.devicesAnswer(false);
        unit.command(IOTLB, VA);

        unit.bench.kernel.run(unit.bench.kernel.nowPs() + 200_000 * MILLISECOND_PS, Long.MAX_VALUE);

        assertEquals(0, unit.events());
    }

    @Test
    void shouldGiveUpAWaitWhenTheBufferIsSwitchedOff() {
        unit.bench.devicesAnswer(false);
        unit.place(IOTLB, VA);
        unit.command(WAIT | STORE | 1, 5);
        unit.restartCommands();
        unit.bench.complete(DEVICE, 1);
        unit.bench.settle();

        assertEquals(0, unit.load(STORE));
        unit.command(WAIT | STORE | 1, 6);
        assertEquals(6, unit.load(STORE));
    }

    @Test
    void shouldCarryOnAtTheStartOfTheRing() {
        for (int i = 1; i <= 300; i++) {
            unit.command(WAIT | STORE | 1, i);
        }

        assertEquals(300, unit.load(STORE));
        assertEquals((300 % 256) * 16, unit.register(RegisterOffset.COMMAND_HEAD));
    }
}
