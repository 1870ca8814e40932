package svasim.models.gpu.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.models.MachineUnderTest;
import svasim.models.gpu.GpuConfigs;
import svasim.models.gpu.config.GpuConfig;
import svasim.models.gpu.config.GpuConfig.Faults;
import svasim.models.gpu.config.GpuConfig.Preemption;
import svasim.models.gpu.config.GpuWork;
import svasim.models.gpu.layout.Packet;
import svasim.models.gpu.layout.Register;
import svasim.pcie.tlp.Tlp;

class GpuDeviceTest {
    private static final int OTHER = PASID + 1;
    private static final long FROM = 0x7000_0000_0000L;
    private static final long INTO = FROM + 0x10_0000;
    private static final int ELEMENTS = 256;

    private GpuUnderTest gpu = new GpuUnderTest(new GpuConfig());
    private MachineUnderTest machine = gpu.machine();

    private void use(GpuConfig config) {
        gpu = new GpuUnderTest(config);
        machine = gpu.machine();
    }

    /** Queues 0 and 1 of two processes, with memory of both. */
    private void mapBoth() {
        for (int pasid : new int[] {PASID, OTHER}) {
            machine.map(pasid, FROM, ELEMENTS * 8);
            machine.map(pasid, INTO, ELEMENTS * 8);
        }
        gpu.map(0, PASID);
        gpu.map(1, OTHER);
    }

    private static GpuConfig slots(int queues, int vmids, Preemption preemption) {
        return GpuConfigs.with()
                .shape(1, 1)
                .slots(queues, vmids)
                .quantum(5)
                .preemption(preemption)
                .build();
    }

    private static GpuConfig retrying() {
        return GpuConfigs.with().faults(Faults.RETRY).build();
    }

    @Test
    void shouldTellOfTheEndInTheMemoryOfTheProcessAndByInterrupt() {
        mapBoth();
        gpu.fill(PASID, FROM, 41, 6);

        int number = gpu.stream(0, PASID, FROM, INTO, 2);
        machine.run();

        assertArrayEquals(new long[] {42, 7, 0}, gpu.words(PASID, INTO, 3));
        assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
        assertEquals(1, gpu.readPointer(0, PASID));
        assertEquals(List.of(5), machine.interrupts());
    }

    @Test
    void shouldUseTheSpaceOfTheQueuesProcessOnly() {
        mapBoth();
        gpu.fill(PASID, FROM, 1);
        gpu.fill(OTHER, FROM, 100);

        gpu.stream(0, PASID, FROM, INTO, 1);
        gpu.stream(1, OTHER, FROM, INTO, 1);
        machine.run();

        assertEquals(2, gpu.words(PASID, INTO, 1)[0]);
        assertEquals(101, gpu.words(OTHER, INTO, 1)[0]);
    }

    @Test
    void shouldEndADispatchBadlyWhosePageIsNotToBeHad() {
        mapBoth();

        int number = gpu.stream(0, PASID, 0x1000, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.FAULTED, gpu.signalled(0, PASID, number));
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldGoOnWithTheNextPacketAfterAFault() {
        mapBoth();
        gpu.stream(0, PASID, 0x1000, INTO, ELEMENTS);
        int next = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, next));
    }

    @Test
    void shouldEndPacketsBadlyThatAreNotLegal() {
        mapBoth();
        Packet empty = new Packet(GpuWork.Kernel.STREAM, 0, FROM, INTO, 0, 0, gpu.signal(0, 0));
        int number = gpu.submit(0, PASID, empty);
        machine.run();

        assertEquals(Packet.FAULTED, gpu.signalled(0, PASID, number));
    }

    @Test
    void shouldAskOnceForAPageThatManyLanesMiss() {
        mapBoth();
        long missing = INTO + 0x10_0000;
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            machine.map(pasid, page, 1);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });

        gpu.stream(0, PASID, FROM, missing, ELEMENTS);
        machine.run();

        assertEquals(1, machine.agent().requestsReceived());
        assertEquals(1, gpu.words(PASID, missing, 1)[0]);
    }

    @Test
    void shouldReplayWavefrontsUntilThePageIsThere() {
        use(retrying());
        mapBoth();
        long missing = INTO + 0x10_0000;
        int number = gpu.stream(0, PASID, FROM, missing, ELEMENTS);
        machine.runFor(20_000_000);

        assertEquals(0, machine.agent().requestsReceived(), "it has no PRI");
        assertTrue(gpu.counter("replays") > 5);
        assertEquals(1, gpu.counter("retry.faults"), "told once for all lanes and replays");
        assertEquals(Packet.PENDING, gpu.signalled(0, PASID, number));
        machine.map(PASID, missing, ELEMENTS * 8);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, number));
    }

    @Test
    void shouldTellOfAPageAgainWhenNobodyHasFetchedItForAWhile() {
        use(retrying());
        mapBoth();
        gpu.stream(0, PASID, FROM, INTO + 0x10_0000, ELEMENTS);
        machine.runFor(120_000_000);

        assertTrue(gpu.counter("retry.faults") >= 2);
        gpu.command(0, Register.RESET_QUEUE);
        machine.run();
    }

    @Test
    void shouldThrowRetryingWavefrontsAwayOnReset() {
        use(retrying());
        mapBoth();
        gpu.stream(0, PASID, FROM, INTO + 0x10_0000, ELEMENTS);
        machine.runFor(20_000_000);

        gpu.command(0, Register.UNMAP_QUEUE);
        assertFalse(gpu.isOff(0), "wavefronts do not drain");
        gpu.command(0, Register.RESET_QUEUE);
        machine.run();

        assertTrue(gpu.isOff(0));
        assertEquals(0, machine.function().dma().outstanding(PASID));
    }

    @Test
    void shouldWaitForAnswersToItsPageRequestsEvenWhenItIsReset() {
        mapBoth();
        machine.agent().hold();
        gpu.stream(0, PASID, FROM, INTO + 0x10_0000, ELEMENTS);
        machine.runFor(20_000_000);

        gpu.command(0, Register.RESET_QUEUE);
        machine.runFor(20_000_000);
        assertFalse(gpu.isOff(0));

        machine.agent().release();
        machine.run();
        assertTrue(gpu.isOff(0));
    }

    @Test
    void shouldTakeTurnsWhereThereAreMoreQueuesThanSlots() {
        use(slots(1, 8, Preemption.DRAIN));
        mapBoth();
        int first = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        int second = gpu.stream(1, OTHER, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, first));
        assertEquals(Packet.DONE, gpu.signalled(1, OTHER, second));
        assertTrue(gpu.counter("preemptions") > 0);
    }

    @Test
    void shouldTakeTurnsWhereThereAreMoreProcessesThanContexts() {
        use(slots(8, 1, Preemption.DRAIN));
        mapBoth();
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        int second = gpu.stream(1, OTHER, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(1, OTHER, second));
        assertTrue(gpu.counter("preemptions") > 0);
    }

    @Test
    void shouldBeginACutDispatchAnewAndEndItRight() {
        use(slots(1, 8, Preemption.RESET));
        mapBoth();
        long[] numbers = new long[ELEMENTS];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = i;
        }
        gpu.fill(PASID, FROM, numbers);
        int first = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.runFor(3_000_000);
        gpu.stream(1, OTHER, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, first));
        assertEquals(ELEMENTS, gpu.words(PASID, INTO, ELEMENTS)[ELEMENTS - 1]);
    }

    @Test
    void shouldKeepTheOrderOfPacketsOfAQueue() {
        mapBoth();
        gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        gpu.stream(0, PASID, INTO, FROM, ELEMENTS);
        int last = gpu.stream(0, PASID, FROM, INTO, ELEMENTS);
        machine.run();

        assertEquals(Packet.DONE, gpu.signalled(0, PASID, last));
        assertEquals(3, gpu.words(PASID, INTO, ELEMENTS)[ELEMENTS - 1]);
    }

    @Test
    void shouldIgnoreDoorbellsOfQueuesThatAreOff() {
        machine.write64(Register.DOORBELLS, 9 * Long.BYTES, 3);
        machine.run();

        assertEquals(List.of(), machine.device().waitingFor());
    }
}
