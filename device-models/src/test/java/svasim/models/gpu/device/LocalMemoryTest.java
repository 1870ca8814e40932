package svasim.models.gpu.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.layout.LocalRegister;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.layout.Register;
import svasim.pcie.tlp.PasidPrefix;

/** The local memory, driven through its registers without a kernel. */
class LocalMemoryTest {
    private static final int OTHER = PASID + 1;
    private static final long FROM = 0x7000_0000_0000L;
    private static final long INTO = FROM + 0x10_0000;
    private static final long STAGING = 0x50_0000;
    private static final int ELEMENTS = 512;
    private static final int PAGE = 4096;

    private GpuUnderTest gpu;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        use(GpuConfigs.with().local(16, 4, 1000));
    }

    private void use(GpuConfigs config) {
        gpu = new GpuUnderTest(config.build());
        machine = gpu.machine();
        for (int pasid : new int[] {PASID, OTHER}) {
            machine.map(pasid, FROM, PAGE);
            machine.map(pasid, INTO, PAGE);
        }
        machine.map(PasidPrefix.NONE, STAGING, PAGE);
        gpu.map(0, PASID);
        gpu.map(1, OTHER);
        machine.run();
    }

    private long word(long offset) {
        return machine.read(LocalRegister.BAR, offset, Long.BYTES);
    }

    @Test
    void shouldShowItsMemoryBehindABar() {
        machine.write64(LocalRegister.BAR, 0x5008, 42);
        machine.run();

        assertEquals(42, word(0x5008));
        assertEquals(0, word(0x5010));
    }

    @Test
    void shouldReadAndWriteLocalPagesWithoutATlp() {
        machine.write64(LocalRegister.BAR, 0x2000, 41);
        gpu.mapLocal(PASID, FROM, 0x2000, false);
        gpu.mapLocal(PASID, INTO, 0x3000, true);
        int number = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
        assertEquals(42, word(0x3000));
        assertEquals(0, gpu.words(PASID, INTO, 1)[0], "the page of the system is not touched");
        assertEquals(ELEMENTS / 8 * 2, gpu.counter("local.accesses"));
    }

    @Test
    void shouldKeepLocalPagesOfProcessesApart() {
        machine.write64(LocalRegister.BAR, 0, 1000);
        gpu.mapLocal(PASID, FROM, 0, true);
        gpu.fill(OTHER, FROM, 5);
        gpu.stream(1, OTHER, FROM, INTO, 1);
        machine.run();

        assertEquals(6, gpu.words(OTHER, INTO, 1)[0]);
    }

    @Test
    void shouldNotWriteALocalPageThatMayOnlyBeRead() {
        gpu.mapLocal(PASID, INTO, 0x1000, false);
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(0, word(0x1000));
        assertEquals(1, gpu.words(PASID, INTO, 1)[0], "the system's page is asked for instead");
    }

    @Test
    void shouldHoldAccessesBackUntilThePageHasCome() {
        gpu.local(LocalRegister.HOLD, PASID, INTO, 1);
        int number = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.runFor(50_000_000);
        assertEquals(Packet.PENDING, gpu.signalled(0, PASID, number));
        assertTrue(gpu.counter("local.held") > 0);

        gpu.mapLocal(PASID, INTO, 0x1000, true);
        machine.run();
        assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
        assertEquals(1, word(0x1000));
    }

    @Test
    void shouldUseTheSystemsPageWhenTheHeldOneHasNotCome() {
        gpu.local(LocalRegister.HOLD, PASID, INTO, 1);
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.runFor(50_000_000);
        gpu.local(LocalRegister.LET_GO, PASID, INTO, 1);
        machine.run();

        assertEquals(1, gpu.words(PASID, INTO, 1)[0]);
    }

    @Test
    void shouldThrowAwayWavefrontsThatAreHeldBack() {
        gpu.local(LocalRegister.HOLD, PASID, INTO, 1);
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.runFor(50_000_000);
        gpu.command(0, Register.RESET_QUEUE);
        machine.run();

        assertTrue(gpu.isOff(0));
    }

    @Test
    void shouldTellOfAccessesThatUseAnUnmappedPageStill() {
        gpu.mapLocal(PASID, FROM, 0, false);
        gpu.mapLocal(PASID, INTO, 0x1000, true);
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        while (gpu.counter("local.accesses") == 0) {
            machine.runFor(10_000);
        }
        gpu.local(LocalRegister.UNMAP_ALL, PASID, 0, 0);
        machine.runFor(1_000);
        assertEquals(1, gpu.register(LocalRegister.USED_STILL));

        machine.run();
        assertEquals(0, gpu.register(LocalRegister.USED_STILL));
        assertEquals(1, gpu.words(PASID, INTO, 1)[0], "the rest of them goes across the link");
    }

    @Test
    void shouldCopyPagesInAndOut() {
        byte[] bytes = new byte[PAGE];
        for (int at = 0; at < PAGE; at++) {
            bytes[at] = (byte) (at * 7);
        }
        machine.store(PasidPrefix.NONE, STAGING, bytes);
        gpu.copy(LocalRegister.COPY_IN, STAGING, 0x4000);
        machine.run();
        machine.store(PasidPrefix.NONE, STAGING, new byte[PAGE]);
        gpu.copy(LocalRegister.COPY_OUT, STAGING, 0x4000);
        machine.run();

        assertArrayEquals(bytes, machine.load(PasidPrefix.NONE, STAGING, PAGE));
        assertEquals(2, gpu.register(LocalRegister.COPIES_ENDED));
        assertEquals(0, gpu.register(LocalRegister.COPY_ERRORS));
    }

    @Test
    void shouldTellOfCopiesThatFail() {
        gpu.copy(LocalRegister.COPY_IN, 0x7777_0000L, 0);
        machine.run();

        assertEquals(1, gpu.register(LocalRegister.COPIES_ENDED));
        assertEquals(1, gpu.register(LocalRegister.COPY_ERRORS));
    }

    @Test
    void shouldAskForMemoryThatItUsesOften() {
        use(GpuConfigs.with().local(16, 4, 60).faults(Faults.RETRY));
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS / 2);
        machine.run();
        assertEquals(0, gpu.counter("counter.told"), "64 accesses");

        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.run();
        assertEquals(2, gpu.counter("counter.told"), "one for each granule");
    }

    @Test
    void shouldForgetItsMemoryInAReset() {
        machine.write64(LocalRegister.BAR, 0, 42);
        machine.run();
        machine.reset();
        machine.enable();

        assertEquals(0, word(0));
    }

    @Test
    void shouldReadOnesAndDropWritesBehindItsEnd() {
        gpu.mapLocal(PASID, FROM, 1L << 40, true);
        gpu.stream(0, PASID, FROM, INTO, 1);
        machine.run();

        assertEquals(0, gpu.words(PASID, INTO, 1)[0]);
    }
}
