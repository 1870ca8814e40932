package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.device.Words;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.config.Configs;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.CompletionRecord;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Flags;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Status;
import svasim.pcie.tlp.Tlp;

/** Registers and commands as a driver sees them, and descriptors that are refused. */
class DsaCommandsTest {
    private static final long SOURCE = 0x10_0000;
    private static final long DESTINATION = 0x20_0000;
    private static final long A_WHILE_PS = 20_000_000;

    private final DsaConfig config = new DsaConfig();
    private final DsaUnderTest dsa = DsaUnderTest.ready(config);
    private final MachineUnderTest machine = dsa.machine();

    @Test
    void shouldTellWhatItCanDo() {
        assertEquals(0x100, machine.read(0, 0, 4));
        assertEquals(0x815f_8213L, machine.read(0, 0x10, 8));
        assertEquals(0x008f_0000_0008_0080L, machine.read(0, 0x20, 8));
        assertEquals(config.engines().intValue(), machine.read(0, 0x38, 8));
        assertEquals(0x7_0005_0004L, machine.read(0, 0x60, 8));
        assertEquals(1, machine.read(0, 0x90, 4));
    }

    @Test
    void shouldRefuseCommandsThatDoNotFitItsState() {
        assertEquals(CommandError.DEVICE_ENABLED.code(), dsa.command(Command.ENABLE_DEVICE, 0));
        assertEquals(CommandError.QUEUE_ENABLED.code(), dsa.command(Command.ENABLE_WQ, 0));
        assertEquals(CommandError.QUEUE_SIZE.code(), dsa.command(Command.ENABLE_WQ, 1));
        assertEquals(CommandError.INVALID_QUEUE.code(), dsa.command(Command.ENABLE_WQ, 7));
        assertEquals(
                CommandError.QUEUE_NOT_ENABLED.code(),
                dsa.command(Command.DRAIN_WQ, Register.queueBit(1)));
    }

    @Test
    void shouldKeepTheConfigurationOfAQueueThatIsEnabled() {
        dsa.writeQueue(0, 99);

        assertEquals(PASID, machine.read(0, Register.WQCFG + 8, 4) >>> 8 & 0xf_ffff);
    }

    @Test
    void shouldInterruptAtTheEndOfACommandThatAsksForIt() {
        machine.write64(0, Register.MSIX_TABLE, 0xfee0_0000L);
        machine.write64(0, Register.MSIX_TABLE + 8, 0x44);

        machine.write32(0, Register.CMD, (int) Register.command(Command.DRAIN_ALL, 0, true));
        machine.run();

        assertEquals(List.of(0x44), machine.interrupts());
        assertEquals(Register.INTCAUSE_COMMAND, machine.read(0, Register.INTCAUSE, 4));
    }

    @Test
    void shouldDrainOnlyWhatWasThereBefore() {
        blocked();
        dsa.begin(Command.DRAIN_PASID, PASID);
        machine.runFor(A_WHILE_PS);
        assertTrue(dsa.isCommandActive());

        serve();
        machine.agent().release();
        machine.run();

        assertFalse(dsa.isCommandActive());
    }

    @Test
    void shouldDrainAnotherPasidAtOnce() {
        blocked();

        dsa.begin(Command.DRAIN_PASID, PASID + 1);
        machine.runFor(A_WHILE_PS);

        assertFalse(dsa.isCommandActive());
        machine.agent().release();
        machine.run();
    }

    @Test
    void shouldAbortWorkThatWaitsForAPageWithoutARecord() {
        long record = blocked();

        dsa.begin(Command.ABORT_WQ, Register.queueBit(0));
        machine.runFor(A_WHILE_PS);

        assertFalse(dsa.isCommandActive());
        assertEquals(0, machine.function().dma().outstanding(PASID));
        machine.agent().release();
        machine.run();
        assertEquals(Status.NONE, dsa.record(record).status());
        assertEquals(1, machine.statistics().counters().get("dev.aborted").value());
    }

    @Test
    void shouldForgetTheConfigurationOfAQueueOnReset() {
        dsa.command(Command.DRAIN_WQ, Register.queueBit(0));
        dsa.command(Command.RESET_WQ, Register.queueBit(0));

        assertEquals(QueueState.DISABLED, dsa.queueState(0));
        assertEquals(0, machine.read(0, Register.WQCFG, 8));
    }

    @Test
    void shouldDropADescriptorForADisabledQueueAndSaySo() {
        dsa.command(Command.DISABLE_WQ, Register.queueBit(0));

        dsa.submit(Descriptor.builder(Opcode.NO_OP).flags(DsaUnderTest.flags(false)));
        machine.run();

        assertEquals(1, machine.statistics().counters().get("dev.portal.refused").value());
        assertEquals(1, dsa.softwareError() & 1);
    }

    @Test
    void shouldDropADescriptorForAFullQueue() {
        for (int i = 0; i < 100; i++) {
            blocked();
        }

        assertEquals(
                100L - config.queueList().get(0).size() - config.engines() * config.inProgress(),
                machine.statistics().counters().get("dev.portal.refused").value());
        machine.agent().release();
        machine.run();
    }

    @Test
    void shouldRefuseWhatTheDescriptorMustNotSay() {
        machine.map(PASID, SOURCE, 4096);
        machine.map(PASID, DESTINATION, 4096);

        assertRefused(Status.UNSUPPORTED_OPCODE, new Descriptor.Builder(descriptorBytes(0x31)));
        assertRefused(Status.TRANSFER_SIZE, DsaUnderTest.move(SOURCE, DESTINATION, 0, true));
        assertRefused(
                Status.RESERVED_NOT_ZERO,
                DsaUnderTest.move(SOURCE, DESTINATION, 64, true).put(38, 2, 1));
        assertRefused(
                Status.RESERVED_NOT_ZERO,
                DsaUnderTest.move(SOURCE, DESTINATION, 64, true).put(63, 1, 1));
        assertRefused(
                Status.OVERLAP,
                Descriptor.builder(Opcode.COPY_WITH_CRC)
                        .flags(DsaUnderTest.flags(true))
                        .source(SOURCE)
                        .destination(SOURCE + 63)
                        .size(64));
        assertRefused(
                Status.DUALCAST_ALIGNMENT,
                Descriptor.builder(Opcode.DUALCAST)
                        .flags(DsaUnderTest.flags(true))
                        .source(SOURCE)
                        .destination(DESTINATION)
                        .destination2(DESTINATION + 0x800)
                        .size(64));
    }

    @Test
    void shouldNameInvalidFlagsInTheRecord() {
        int flags = DsaUnderTest.flags(true) | Flags.CHECK_RESULT | 1 << 20;

        CompletionRecord record =
                dsa.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 64, true).flags(flags));

        assertEquals(CompletionRecord.invalidFlags(Flags.CHECK_RESULT | 1 << 20), record);
    }

    @Test
    void shouldNotLetDescriptorsBlockWhenTheQueueForbidsIt() {
        DsaConfig forbidding =
                Configs.queues(
                        new QueueConfig(
                                null, null, null, null, null, false, null, null, null, null));
        DsaUnderTest other = DsaUnderTest.ready(forbidding);

        CompletionRecord record = other.carryOut(DsaUnderTest.move(SOURCE, DESTINATION, 64, true));

        assertEquals(CompletionRecord.invalidFlags(Flags.BLOCK_ON_FAULT), record);
    }

    private void assertRefused(Status status, Descriptor.Builder descriptor) {
        assertEquals(CompletionRecord.of(status), dsa.carryOut(descriptor));
    }

    private static byte[] descriptorBytes(int opcode) {
        byte[] bytes = new byte[Descriptor.BYTES];
        bytes[7] = (byte) opcode;
        Words.put(bytes, 4, 3, DsaUnderTest.flags(false));
        return bytes;
    }

    /** Hands in a move whose pages nobody has; the answers to its page requests are kept. */
    private long blocked() {
        machine.agent().hold();
        long record = dsa.submit(DsaUnderTest.move(SOURCE, DESTINATION, 64, true));
        machine.runFor(A_WHILE_PS);
        return record;
    }

    private void serve() {
        machine.agent()
                .onPageRequest(
                        (pasid, page, write) -> {
                            machine.map(pasid, page, 1);
                            return Tlp.PageGroupResponse.SUCCESS;
                        });
    }
}
