package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;

/** Who may put how much into a shared queue, and in whose name. */
class SharedQueueTest {
    private static final int OTHER = 8;
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final long A_WHILE_PS = 20_000_000;
    private static final long LIMITED = Register.limitedPortal(0);
    private static final long UNLIMITED = Register.unlimitedPortal(0);

    private final DsaUnderTest dsa = DsaUnderTest.ready(Configs.oneEngine(Configs.shared(4, 2)));
    private final MachineUnderTest machine = dsa.machine();

    private static Descriptor noOp(int pasid) {
        return Descriptor.builder(Opcode.NO_OP).flags(0).pasid(pasid).build();
    }

    private static Descriptor move(int pasid) {
        return DsaUnderTest.move(SOURCE, DESTINATION, 4096, true)
                .pasid(pasid)
                .completionAddress(DsaUnderTest.RECORDS)
                .build();
    }

    /** Keeps the engine busy with a page that does not come. */
    private void occupy() {
        machine.agent().hold();
        assertTrue(dsa.enqueue(LIMITED, move(PASID)));
        machine.runFor(A_WHILE_PS);
    }

    @Test
    void shouldAnswerRetryFromTheThresholdOnAndLeaveTheRestToTheKernel() {
        occupy();

        assertTrue(dsa.enqueue(LIMITED, noOp(PASID)));
        assertTrue(dsa.enqueue(LIMITED, noOp(OTHER)));
        assertFalse(dsa.enqueue(LIMITED, noOp(PASID)));
        assertTrue(dsa.enqueue(UNLIMITED, noOp(PASID)));
        assertTrue(dsa.enqueue(UNLIMITED, noOp(PASID)));
        assertFalse(dsa.enqueue(UNLIMITED, noOp(PASID)));
        assertFalse(dsa.enqueue(LIMITED, noOp(PASID)));

        assertEquals(3, machine.statistics().counters().get("dev.wq0.retries").value());
        assertEquals(0, dsa.softwareError() & 1, "a retry is no error");
        machine.agent().release();
        machine.run();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void shouldTakeADescriptorAtAnyLineOfAnyOfItsFourPortals(int page) {
        for (int line = 0; line < Register.PORTAL_BYTES; line += 64 * 21) {
            assertTrue(dsa.enqueue(page * Register.PORTAL_BYTES + line, noOp(PASID)));
            machine.run();
        }
        assertEquals(4, machine.statistics().counters().get("dev.portal.accepted").value());
    }

    @Test
    void shouldWorkInTheAddressSpaceThatEachDescriptorBrings() {
        for (int pasid : new int[] {PASID, OTHER}) {
            machine.map(pasid, SOURCE, 4096);
            machine.map(pasid, DESTINATION, 4096);
            byte[] own = new byte[4096];
            Arrays.fill(own, (byte) pasid);
            machine.store(pasid, SOURCE, own);
        }
        machine.map(OTHER, DsaUnderTest.RECORDS, 4096);

        dsa.enqueue(LIMITED, move(PASID));
        dsa.enqueue(LIMITED, move(OTHER));
        machine.run();

        for (int pasid : new int[] {PASID, OTHER}) {
            byte[] expected = new byte[4096];
            Arrays.fill(expected, (byte) pasid);
            assertArrayEquals(expected, machine.load(pasid, DESTINATION, 4096));
            assertEquals(1, machine.load(pasid, DsaUnderTest.RECORDS, 1)[0]);
        }
    }

    @Test
    void shouldNotTakeAPostedWriteIntoASharedQueue() {
        dsa.submitRaw(noOp(PASID));
        machine.run();

        assertEquals(1, machine.statistics().counters().get("dev.portal.refused").value());
        assertEquals(1, dsa.softwareError() & 1);
    }

    @Test
    void shouldAnswerRetryForADedicatedQueue() {
        DsaUnderTest dedicated = DsaUnderTest.ready();

        assertFalse(dedicated.enqueue(LIMITED, noOp(PASID)));
        assertEquals(0, dedicated.softwareError() & 1);
    }

    @Test
    void shouldAnswerRetryWhileTheQueueIsDrainingOrDisabled() {
        occupy();
        dsa.begin(Command.DISABLE_WQ, Register.queueBit(0));
        machine.runFor(A_WHILE_PS);

        assertFalse(dsa.enqueue(LIMITED, noOp(PASID)));
        machine.agent().release();
        machine.run();
        assertEquals(QueueState.DISABLED, dsa.queueState(0));
        assertFalse(dsa.enqueue(LIMITED, noOp(PASID)));
    }

    @Test
    void shouldRefuseWhatIsNoPortal() {
        assertFalse(dsa.enqueue(Register.limitedPortal(8), noOp(PASID)));
        assertFalse(machine.enqueue(Register.REGISTERS, 0, noOp(PASID).toBytes()));
    }

    @Test
    void shouldRefusePrivilegeInAQueueThatHasNone() {
        byte[] bytes = move(PASID).toBytes();
        bytes[3] |= (byte) 0x80;

        assertTrue(dsa.enqueue(LIMITED, new Descriptor(bytes)));
        machine.run();

        assertEquals(Status.PRIVILEGE_ERROR, dsa.record(DsaUnderTest.RECORDS).status());
    }

    /** The other process's work goes on while a PASID is drained, and is not waited for. */
    @Test
    void shouldDrainOnePasidOfTheQueue() {
        DsaUnderTest two = DsaUnderTest.ready(Configs.queues(Configs.shared(8, 7)));
        two.machine().agent().hold();
        two.enqueue(LIMITED, move(PASID));
        two.enqueue(LIMITED, noOp(OTHER));

        two.begin(Command.DRAIN_PASID, OTHER);
        two.machine().runFor(A_WHILE_PS);
        assertFalse(two.isCommandActive());

        two.begin(Command.DRAIN_PASID, PASID);
        two.machine().runFor(A_WHILE_PS);
        assertTrue(two.isCommandActive());
        two.machine().agent().release();
        two.machine().run();
        assertFalse(two.isCommandActive());
    }
}
