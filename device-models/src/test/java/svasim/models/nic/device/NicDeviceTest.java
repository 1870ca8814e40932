package svasim.models.nic.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.nic.device.NicUnderTest.NONE;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.device.load.Arrivals;
import svasim.models.nic.layout.Completion;
import svasim.models.nic.layout.Completion.Status;
import svasim.models.nic.layout.QueueRegister;
import svasim.models.nic.traffic.Payload;
import svasim.units.ByteSize;

/** What the card does with rings, packets and interrupts. */
class NicDeviceTest {
    private static final long FROM = 0x100_0000;
    private static final long INTO = 0x200_0000;
    private static final long PAGE = 4096;
    private static final int BYTES = 1500;
    private static final int MOST_COALESCED = 4;
    private static final long COALESCED_PS = 50_000_000;

    private NicUnderTest nic;

    @BeforeEach
    void prepare() {
        nic = new NicUnderTest(NicUnderTest.coalescing(MOST_COALESCED, COALESCED_PS));
        nic.machine().map(NONE, FROM, 64 * PAGE);
        nic.machine().map(NONE, INTO, 64 * PAGE);
        nic.start();
    }

    @Test
    void shouldReceiveEachByteThatItSends() {
        byte[] packet = Payload.of(1, 2, BYTES);
        nic.machine().store(NONE, FROM, packet);
        nic.receive(INTO, 4096);

        nic.transmit(FROM, BYTES);
        nic.machine().run();

        assertArrayEquals(packet, nic.machine().load(NONE, INTO, BYTES));
        assertEquals(
                List.of(new Completion(true, 0, BYTES, Status.SUCCESS, true)), nic.completed(true));
    }

    @Test
    void shouldKeepTheOrderOfPacketsThroughManyRounds() {
        for (int round = 0; round < 5 * NicUnderTest.ENTRIES; round++) {
            nic.machine().store(NONE, FROM, Payload.of(round, 0, BYTES));
            nic.receive(INTO, 4096);
            nic.transmit(FROM, BYTES);
            nic.machine().run();

            assertEquals(2, nic.completed().size());
            nic.arm();
            nic.machine().run();
            byte[] received = nic.machine().load(NONE, INTO, BYTES);
            assertArrayEquals(Payload.of(round, 0, BYTES), received);
        }
    }

    @Test
    void shouldDropWhatFindsNoDescriptor() {
        nic.transmit(FROM, BYTES);
        nic.machine().run();

        assertEquals(1, nic.readRegister(QueueRegister.DROPPED));
        assertEquals(List.of(), nic.completed(true));
    }

    @Test
    void shouldCutWhatIsLongerThanItsPlace() {
        byte[] before = nic.machine().load(NONE, INTO, BYTES);
        nic.machine().store(NONE, FROM, Payload.of(1, 2, BYTES));
        nic.receive(INTO, 128);

        nic.transmit(FROM, BYTES);
        nic.machine().run();

        assertEquals(
                List.of(new Completion(true, 0, 128, Status.TRUNCATED, true)), nic.completed(true));
        assertEquals(before[128], nic.machine().load(NONE, INTO, BYTES)[128]);
    }

    @Test
    void shouldRefuseADescriptorWithoutALength() {
        nic.transmit(FROM, 0);
        nic.machine().run();

        assertEquals(
                List.of(new Completion(false, 0, 0, Status.BAD_DESCRIPTOR, true)), nic.completed());
    }

    @Test
    void shouldTellOfAPacketThatCannotBeRead() {
        nic.transmit(0x7000_0000, BYTES);
        nic.machine().run();

        assertEquals(List.of(new Completion(false, 0, 0, Status.DMA_ERROR, true)), nic.completed());
    }

    @Test
    void shouldInterruptAtOnceAfterSeveralCompletions() {
        nic.arm();
        for (int i = 0; i < MOST_COALESCED; i++) {
            nic.transmit(FROM, BYTES);
        }
        nic.machine().runFor(COALESCED_PS / 2);

        assertEquals(List.of(0x31), nic.machine().interrupts());
    }

    @Test
    void shouldInterruptAfterATimeWithFewCompletions() {
        nic.arm();
        nic.transmit(FROM, BYTES);
        nic.machine().runFor(COALESCED_PS);
        assertEquals(List.of(), nic.machine().interrupts());

        nic.machine().run();
        assertEquals(1, nic.machine().interrupts().size());
    }

    @Test
    void shouldNotInterruptUnlessArmed() {
        for (int i = 0; i < 2 * MOST_COALESCED; i++) {
            nic.transmit(FROM, BYTES);
        }
        nic.machine().run();

        assertEquals(List.of(), nic.machine().interrupts());

        nic.arm();
        nic.machine().run();
        assertEquals(1, nic.machine().interrupts().size());
    }

    @Test
    void shouldReceiveFromThePeerAsOftenAsItWasAsked() {
        for (int i = 0; i < NicUnderTest.ENTRIES; i++) {
            nic.receive(INTO + i * PAGE, 4096);
        }
        startPeer(Arrivals.Process.FIXED, 1_000_000, 1, 10);
        nic.machine().run();

        assertEquals(10, nic.completed(true).size());
        byte[] third = nic.machine().load(NONE, INTO + 2 * PAGE, BYTES);
        byte[] expected = Payload.of(2, 0, BYTES);
        assertEquals(expected[100], third[100]);
    }

    @Test
    void shouldSendNothingInAClosedLoopWithoutPlace() {
        nic.receive(INTO, 4096);
        nic.receive(INTO + PAGE, 4096);
        nic.write(QueueRegister.PEER_DEPTH, NicUnderTest.ENTRIES);
        startPeer(Arrivals.Process.CLOSED, 0, 1, 10);
        nic.machine().run();

        assertEquals(2, nic.completed(true).size());
        assertEquals(0, nic.readRegister(QueueRegister.DROPPED));

        nic.receive(INTO, 4096);
        nic.machine().run();
        assertEquals(1, nic.completed(true).size());
    }

    /** A packet buffer of one packet: what is on the wire needs its place, too. */
    @Test
    void shouldDropNothingInAClosedLoopForWantOfRoomInTheCard() {
        nic = new NicUnderTest(NicUnderTest.buffering(ByteSize.ofKiB(4)));
        nic.machine().map(NONE, INTO, 64 * PAGE);
        nic.start();
        for (int i = 0; i < NicUnderTest.ENTRIES; i++) {
            nic.receive(INTO + i * PAGE, 4096);
        }
        nic.write(QueueRegister.PEER_DEPTH, NicUnderTest.ENTRIES);
        startPeer(Arrivals.Process.CLOSED, 0, 1, NicUnderTest.ENTRIES);
        nic.machine().run();

        assertEquals(NicUnderTest.ENTRIES, nic.completed(true).size());
        assertEquals(0, nic.readRegister(QueueRegister.DROPPED));
    }

    @Test
    void shouldDropNothingThatFitsAndTheRestOfABurst() {
        for (int i = 0; i < 4; i++) {
            nic.receive(INTO + i * PAGE, 4096);
        }
        startPeer(Arrivals.Process.BURSTS, 10_000, 6, 6);
        nic.machine().run();

        assertEquals(4, nic.completed(true).size());
        assertEquals(2, nic.readRegister(QueueRegister.DROPPED));
    }

    @Test
    void shouldIgnoreATailThatIsMoreThanTheRing() {
        nic.write(QueueRegister.TRANSMIT_TAIL, NicUnderTest.ENTRIES + 1);
        nic.machine().run();

        assertEquals(List.of(), nic.completed());
        assertEquals(List.of(), nic.machine().device().waitingFor());
    }

    @Test
    void shouldDropPacketsOnceItIsStopped() {
        nic.receive(INTO, 4096);
        nic.transmit(FROM, BYTES);
        nic.machine().runFor(1_000_000);
        nic.write(QueueRegister.CONTROL, QueueRegister.STOP);
        nic.machine().run();

        assertEquals(QueueRegister.STOPPED, nic.state());
        assertTrue(nic.completed(true).size() <= 1);
    }

    private void startPeer(Arrivals.Process process, long intervalPs, int burst, int count) {
        nic.write(
                QueueRegister.PEER_SHAPE,
                BYTES
                        | (long) process.ordinal() << QueueRegister.KIND_SHIFT
                        | (long) burst << QueueRegister.BURST_SHIFT);
        nic.write(QueueRegister.PEER_INTERVAL, intervalPs);
        nic.write(QueueRegister.PEER_COUNT, count);
    }
}
