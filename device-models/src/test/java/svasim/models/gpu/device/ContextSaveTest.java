package svasim.models.gpu.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuConfig.Preemption;
import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.layout.Register;
import svasim.models.gpu.pattern.Expected;
import svasim.models.gpu.pattern.WaveState;

/** Wavefronts that are saved in memory of their process, and go on from there. */
class ContextSaveTest {
    private static final int OTHER = PASID + 1;
    private static final long FROM = 0x7000_0000_0000L;
    private static final long INTO = FROM + 0x10_0000;
    private static final long INDEX = FROM + 0x20_0000;
    private static final int ELEMENTS = 512;

    private final long[] source = LongStream.range(0, ELEMENTS).map(i -> 7 * i + 3).toArray();
    private final long[] numbers = LongStream.range(0, 4 * ELEMENTS).map(i -> 31 * i).toArray();
    private GpuUnderTest gpu;
    private MachineUnderTest machine;

    @BeforeEach
    void prepare() {
        use(GpuConfigs.with().shape(2, 2).slots(1, 1).quantum(1).preemption(Preemption.SAVE));
    }

    private void use(GpuConfigs config) {
        gpu = new GpuUnderTest(config.build());
        machine = gpu.machine();
        for (int pasid : new int[] {PASID, OTHER}) {
            machine.map(pasid, FROM, ELEMENTS * 8);
            machine.map(pasid, INTO, ELEMENTS * 8);
            machine.map(pasid, INDEX, 4 * ELEMENTS * 8);
            gpu.fill(pasid, FROM, source);
            gpu.fill(pasid, INDEX, numbers);
        }
        gpu.map(0, PASID);
        gpu.map(1, OTHER);
    }

    private int submit(int queue, int pasid, GpuWork.Kernel kernel, long signalNumber) {
        return gpu.submit(queue, pasid, packet(queue, kernel, signalNumber));
    }

    private Packet packet(int queue, GpuWork.Kernel kernel, long number) {
        long signal = gpu.signal(queue, (int) number);
        return new Packet(kernel, ELEMENTS, FROM, INTO, INDEX, 4, signal);
    }

    private void assertRight(int pasid, GpuWork.Kernel kernel) {
        Expected expected =
                new Expected(packet(0, kernel, 0), i -> source[(int) i], i -> numbers[(int) i]);
        long[] wanted = LongStream.range(0, ELEMENTS).map(expected::at).toArray();
        assertArrayEquals(wanted, gpu.words(pasid, INTO, ELEMENTS));
    }

    @ParameterizedTest
    @EnumSource(GpuWork.Kernel.class)
    void shouldGoOnWithEveryKernelWhereItWasWhenProcessesTakeTurns(GpuWork.Kernel kernel) {
        submit(0, PASID, kernel, 0);
        submit(1, OTHER, kernel, 0);
        machine.run();

        assertTrue(gpu.counter("waves.saved") > 0);
        assertEquals(gpu.counter("waves.saved"), gpu.counter("waves.restored"));
        assertRight(PASID, kernel);
        assertRight(OTHER, kernel);
    }

    @ParameterizedTest
    @EnumSource(GpuWork.Kernel.class)
    void shouldGoOnWithEveryKernelWhereItWasAfterAnEvictionAtAnyMoment(GpuWork.Kernel kernel) {
        for (int nanos = 300; nanos < 6_000; nanos += 700) {
            prepare();
            int number = submit(0, PASID, kernel, 0);
            machine.runFor(nanos * 1_000L);
            gpu.command(0, Register.EVICT_QUEUE);
            machine.runFor(50_000_000);
            assertTrue(gpu.isOff(0));

            gpu.command(0, Register.RESTORE_QUEUE);
            machine.run();

            assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
            assertRight(PASID, kernel);
        }
    }

    @Test
    void shouldDoAnInstructionAnewThatLackedAPage() {
        use(GpuConfigs.with().shape(2, 2).faults(Faults.EVICT));
        machine.agent().unmap(PASID, INTO, MachineUnderTest.RID);
        int number = submit(0, PASID, GpuWork.Kernel.GRAPH, 0);
        machine.runFor(20_000_000);
        assertTrue(gpu.counter("retry.faults") > 0, "software is told");
        gpu.command(0, Register.EVICT_QUEUE);
        machine.runFor(20_000_000);
        assertTrue(gpu.isOff(0));
        assertEquals(Packet.PENDING, gpu.signalled(0, PASID, number));

        machine.map(PASID, INTO, ELEMENTS * 8);
        gpu.command(0, Register.RESTORE_QUEUE);
        machine.run();

        assertRight(PASID, GpuWork.Kernel.GRAPH);
    }

    @Test
    void shouldRememberDoorbellsOfAQueueThatIsEvicted() {
        gpu.command(0, Register.EVICT_QUEUE);
        int number = submit(0, PASID, GpuWork.Kernel.STREAM, 0);
        machine.run();
        assertEquals(Packet.PENDING, gpu.signalled(0, PASID, number));

        gpu.command(0, Register.RESTORE_QUEUE);
        machine.run();
        assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
    }

    @Test
    void shouldForgetWhatWasSavedWhenTheQueueIsReset() {
        submit(0, PASID, GpuWork.Kernel.CHASE, 0);
        machine.runFor(2_000_000);
        gpu.command(0, Register.EVICT_QUEUE);
        machine.runFor(50_000_000);
        gpu.command(0, Register.RESET_QUEUE);
        gpu.command(0, Register.RESTORE_QUEUE);
        machine.run();

        assertTrue(gpu.isOff(0));
        assertEquals(0, gpu.counter("waves.restored"));
        assertEquals(0, machine.function().dma().outstanding(PASID));
    }

    @Test
    void shouldEndADispatchBadlyWhoseStateCannotBeSaved() {
        for (int at = 0; at < 16; at++) {
            long page = GpuUnderTest.saveArea(0) + at * 4096L;
            machine.agent().unmap(PASID, page, MachineUnderTest.RID);
        }
        int number = submit(0, PASID, GpuWork.Kernel.CHASE, 0);
        machine.runFor(2_000_000);
        gpu.command(0, Register.EVICT_QUEUE);
        machine.run();

        assertTrue(gpu.isOff(0));
        assertEquals(Packet.FAULTED, gpu.signalled(0, PASID, number));
    }

    @Test
    void shouldKeepTheStateOfAWavefrontInItsBytes() {
        long[] loaded = LongStream.range(0, 64).map(i -> -i).toArray();
        long[] sums = LongStream.range(0, 64).map(i -> i << 40).toArray();
        WaveState state = new WaveState(1L << 33, 5, loaded, sums);

        WaveState back = WaveState.of(state.toBytes());

        assertEquals(state.first(), back.first());
        assertEquals(state.step(), back.step());
        assertArrayEquals(loaded, back.loaded());
        assertArrayEquals(sums, back.sums());
    }
}
