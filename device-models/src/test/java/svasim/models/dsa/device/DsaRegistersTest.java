package svasim.models.dsa.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static svasim.models.MachineUnderTest.PASID;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import svasim.models.MachineUnderTest;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.Descriptor;
import svasim.models.dsa.layout.Grpcfg;
import svasim.models.dsa.layout.Opcode;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;

/** BAR0 as software sees it: what keeps its value, what is locked when, what a command refuses. */
class DsaRegistersTest {
    private static final int INVALID_COMMAND = 0x1f;
    private static final long VECTOR = 0xfee0_0000L;

    private final DsaUnderTest dsa = DsaUnderTest.ready();
    private final MachineUnderTest machine = dsa.machine();

    private long read(int offset) {
        return machine.read(0, offset, Long.BYTES);
    }

    private void unmaskVector(int data) {
        machine.write64(0, Register.MSIX_TABLE, VECTOR);
        machine.write64(0, Register.MSIX_TABLE + 8, data);
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                Register.VERSION,
                Register.GENCAP,
                Register.WQCAP,
                Register.GRPCAP,
                Register.ENGCAP,
                Register.OPCAP,
                Register.OPCAP + 8,
                Register.OPCAP + 24,
                Register.OFFSETS,
                Register.GENSTS,
                Register.CMDSTS,
                Register.CMDCAP,
                Register.SWERR + 8,
                Register.SWERR + 16
            })
    void shouldKeepTheValueOfARegisterThatIsReadOnly(int offset) {
        long before = read(offset);

        machine.write64(0, offset, ~before);

        assertEquals(before, read(offset));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {0x08, 0x18, 0x28, 0x68, 0xb8, 0xe0, 0xe8, 0x3f8, 0x4f8, 0x748, 0x2090, 0xfff8})
    void shouldReadZeroWhereThereIsNoRegister(int offset) {
        machine.write64(0, offset, -1L);

        assertEquals(0, read(offset));
    }

    @ParameterizedTest
    @ValueSource(ints = {Register.GENCAP, Register.WQCAP, Register.OPCAP, Register.WQCFG + 8})
    void shouldGiveEachHalfOfAQuadword(int offset) {
        long whole = read(offset);

        assertEquals(whole & 0xffff_ffffL, machine.read(0, offset, Integer.BYTES));
        assertEquals(whole >>> Integer.SIZE, machine.read(0, offset + 4, Integer.BYTES));
    }

    @Test
    void shouldReadPortalsAsOnes() {
        assertEquals(-1L, machine.read(Register.PORTALS, Register.limitedPortal(0), Long.BYTES));
    }

    @Test
    void shouldLockTheGroupWhileTheDeviceIsEnabled() {
        long queues = read(Register.GRPCFG);

        machine.write64(0, Register.GRPCFG, 0);
        machine.write64(0, Register.GRPCFG + Grpcfg.ENGINES_OFFSET, 0);

        assertEquals(queues, read(Register.GRPCFG));
        assertEquals(0xf, read(Register.GRPCFG + Grpcfg.ENGINES_OFFSET));
    }

    @Test
    void shouldTakeOnlyQueuesAndEnginesThatThereAreIntoTheGroup() {
        dsa.command(Command.DISABLE_DEVICE, 0);

        machine.write64(0, Register.GRPCFG, -1L);
        machine.write64(0, Register.GRPCFG + Grpcfg.ENGINES_OFFSET, -1L);

        assertEquals(0xff, read(Register.GRPCFG));
        assertEquals(0xf, read(Register.GRPCFG + Grpcfg.ENGINES_OFFSET));
    }

    @Test
    void shouldNotLetSoftwareWriteTheStateOfAQueue() {
        machine.write32(0, Register.WQCFG + Wqcfg.BYTES + Wqcfg.STATE_OFFSET, -1);

        assertEquals(QueueState.DISABLED, dsa.queueState(1));
        assertEquals(QueueState.ENABLED, dsa.queueState(0));
    }

    @Test
    void shouldHaveNoConfigurationOfQueuesThatAreNotThere() {
        dsa.writeQueue(8, PASID);

        assertEquals(0, read(Register.WQCFG + 8 * Wqcfg.BYTES + 8));
        assertEquals(CommandError.INVALID_QUEUE.code(), dsa.command(Command.ENABLE_WQ, 8));
    }

    @Test
    void shouldClearCausesOfInterruptsByWritingOnes() {
        unmaskVector(0x41);
        machine.write32(0, Register.CMD, (int) Register.command(Command.DRAIN_ALL, 0, true));
        machine.run();

        machine.write64(0, Register.INTCAUSE, ~Register.INTCAUSE_COMMAND);
        assertEquals(Register.INTCAUSE_COMMAND, read(Register.INTCAUSE));
        machine.write64(0, Register.INTCAUSE, Register.INTCAUSE_COMMAND);
        assertEquals(0, read(Register.INTCAUSE));
    }

    @Test
    void shouldNoteTheCauseButSendNothingWhileTheVectorIsMasked() {
        unmaskVector(0x41);
        machine.write32(0, Register.MSIX_TABLE + 12, 1);

        machine.write32(0, Register.CMD, (int) Register.command(Command.DRAIN_ALL, 0, true));
        machine.run();

        assertEquals(List.of(), machine.interrupts());
        assertEquals(Register.INTCAUSE_COMMAND, read(Register.INTCAUSE));
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 1"})
    void shouldInterruptForAnErrorOnlyIfItIsToldTo(long control, int interrupts) {
        unmaskVector(0x42);
        machine.write64(0, Register.GENCTRL, control);
        dsa.command(Command.DISABLE_WQ, Register.queueBit(0));

        dsa.submit(Descriptor.builder(Opcode.NO_OP));
        machine.run();

        assertEquals(interrupts, machine.interrupts().size());
        assertEquals(interrupts, read(Register.INTCAUSE) & Register.INTCAUSE_ERROR);
        assertEquals(1, dsa.softwareError() & 1);
    }

    @Test
    void shouldKeepAnErrorUntilOnesAreWritten() {
        dsa.command(Command.DISABLE_WQ, Register.queueBit(0));
        dsa.submit(Descriptor.builder(Opcode.NO_OP));
        dsa.submit(Descriptor.builder(Opcode.NO_OP));
        machine.run();

        machine.write64(0, Register.SWERR, 0);
        assertEquals(3, dsa.softwareError() & 3);
        machine.write64(0, Register.SWERR, 3);
        assertEquals(0, dsa.softwareError() & 3);
    }

    @Test
    void shouldTellTheEndOfACommandThatDoesNotExist() {
        unmaskVector(0x43);

        machine.write32(
                0,
                Register.CMD,
                INVALID_COMMAND << Register.CMD_CODE_SHIFT | (int) Register.CMD_INTERRUPT);
        machine.run();

        assertEquals(CommandError.INVALID_COMMAND.code(), dsa.status());
        assertEquals(List.of(0x43), machine.interrupts());
    }

    @Test
    void shouldIgnoreACommandWhileAnotherIsActive() {
        dsa.begin(Command.DRAIN_ALL, 0);
        dsa.begin(Command.DISABLE_DEVICE, 0);
        machine.run();

        assertEquals(DeviceState.State.ENABLED.ordinal(), read(Register.GENSTS));
    }

    @Test
    void shouldGoThroughItsStates() {
        assertEquals(DeviceState.State.ENABLED.ordinal(), read(Register.GENSTS));
        assertEquals(0, dsa.command(Command.DISABLE_DEVICE, 0));
        assertEquals(DeviceState.State.DISABLED.ordinal(), read(Register.GENSTS));
        assertEquals(QueueState.DISABLED, dsa.queueState(0));
        assertEquals(
                CommandError.DEVICE_IS_DISABLED.code(), dsa.command(Command.DISABLE_DEVICE, 0));
        assertEquals(CommandError.DEVICE_NOT_ENABLED.code(), dsa.command(Command.ENABLE_WQ, 0));
        assertEquals(0, dsa.command(Command.ENABLE_DEVICE, 0));
        assertEquals(0, dsa.command(Command.ENABLE_WQ, 0));
        assertEquals(QueueState.ENABLED, dsa.queueState(0));
    }

    @Test
    void shouldRefuseToBeEnabledWithoutAGroup() {
        dsa.command(Command.RESET_DEVICE, 0);

        assertEquals(
                CommandError.GROUP_CONFIGURATION.code(), dsa.command(Command.ENABLE_DEVICE, 0));
        machine.write64(0, Register.GRPCFG, 1);
        assertEquals(
                CommandError.GROUP_CONFIGURATION.code(), dsa.command(Command.ENABLE_DEVICE, 0));
        machine.write64(0, Register.GRPCFG + Grpcfg.ENGINES_OFFSET, 1);
        assertEquals(0, dsa.command(Command.ENABLE_DEVICE, 0));
    }

    @Test
    void shouldRefuseQueuesThatTogetherAreTooLarge() {
        dsa.command(Command.DISABLE_DEVICE, 0);
        machine.write32(0, Register.WQCFG + Wqcfg.BYTES, 97);

        assertEquals(CommandError.QUEUE_SIZES.code(), dsa.command(Command.ENABLE_DEVICE, 0));
    }

    /** Dwords of WQCFG from the first on, and the error of the attempt to enable the queue. */
    @ParameterizedTest
    @CsvSource({
        "8, 0, 0x00000001, 31, 0x23",
        "8, 0, 0x10000010, 31, 0x24",
        "8, 9, 0x10000010, 31, 0x24",
        "8, 8, 0x00000010, 31, 0x26",
        "8, 8, 0x10000010, 31, 0",
        "0, 0, 0x00000011, 31, 0x22",
        "8, 0, 0x00000011, 31, 0",
    })
    void shouldRefuseAQueueThatIsConfiguredWrongly(
            int size, int threshold, String mode, int limits, String error) {
        long queue = Register.WQCFG + Wqcfg.BYTES;
        machine.write32(0, queue, size);
        machine.write32(0, queue + 4, threshold);
        machine.write32(0, queue + 8, Integer.decode(mode));
        machine.write32(0, queue + 12, limits);

        assertEquals(Integer.decode(error), dsa.command(Command.ENABLE_WQ, 1));
    }

    @Test
    void shouldDropWhatIsWrittenBehindTheLastPortal() {
        machine.write(
                Register.PORTALS,
                Register.limitedPortal(8),
                Descriptor.builder(Opcode.NO_OP).build().toBytes());
        machine.run();

        assertEquals(0, dsa.softwareError() & 1);
        assertFalse(dsa.isCommandActive());
    }

    /** What the command before the reset was about to do must not happen to the one after it. */
    @Test
    void shouldForgetACommandThatAResetInterrupts() {
        dsa.begin(Command.DISABLE_DEVICE, 0);
        while (!dsa.isCommandActive()) {
            machine.runFor(10_000);
        }
        machine.reset();
        machine.enable();

        dsa.configure();

        assertEquals(DeviceState.State.ENABLED.ordinal(), read(Register.GENSTS));
        assertEquals(QueueState.ENABLED, dsa.queueState(0));
    }

    /** The work that the command waits for ends only after the reset. */
    @Test
    void shouldForgetWhatACommandBeforeTheResetWaitsFor() {
        machine.map(PASID, 0x10_0000, 1 << 16);
        machine.map(PASID, 0x20_0000, 1 << 16);
        dsa.submit(DsaUnderTest.move(0x10_0000, 0x20_0000, 1 << 16, true));
        machine.runFor(2_000_000);
        dsa.begin(Command.DISABLE_DEVICE, 0);
        machine.runFor(600_000);
        assertTrue(dsa.isCommandActive());

        machine.reset();
        machine.enable();
        dsa.configure();
        machine.run();

        assertEquals(DeviceState.State.ENABLED.ordinal(), read(Register.GENSTS));
        assertEquals(List.of(), machine.device().waitingFor());
    }

    @Test
    void shouldSurviveAnyWriteToItsRegisters() {
        Random random = new Random(5);
        for (int i = 0; i < 2_000; i++) {
            int offset = random.nextInt(Register.BAR0_BYTES / Long.BYTES) * Long.BYTES;
            machine.write64(0, i % 2 == 0 ? offset : offset & 0xff8, random.nextLong());
            machine.read(0, offset, Long.BYTES);
        }
        machine.run();

        machine.reset();
        machine.enable();
        dsa.configure();
        assertEquals(QueueState.ENABLED, dsa.queueState(0));
    }
}
