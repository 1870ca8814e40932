package svasim.models.dsa.vdcm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cores;
import svasim.cpu.CpuConfig;
import svasim.cpu.CpuSurroundings;
import svasim.cpu.Interrupts;
import svasim.cpu.RegisterWindows;
import svasim.device.MediatedHost;
import svasim.kernel.Kernel;
import svasim.memory.Frames;
import svasim.memory.PhysicalMemory;
import svasim.models.dsa.config.DsaConfig;
import svasim.models.dsa.config.QueueConfig;
import svasim.models.dsa.layout.Command;
import svasim.models.dsa.layout.CommandError;
import svasim.models.dsa.layout.QueueState;
import svasim.models.dsa.layout.Register;
import svasim.models.dsa.layout.Wqcfg;
import svasim.os.Os;
import svasim.os.OsConfig;
import svasim.os.OsSurroundings;
import svasim.os.defect.Defects;
import svasim.os.procedure.Call;
import svasim.os.sva.PasidAllocation;
import svasim.os.sva.PasidEvent;
import svasim.os.sva.PasidSet;
import svasim.os.sva.SetPasid;
import svasim.os.task.Platform;
import svasim.os.task.Priority;
import svasim.stats.Statistics;
import svasim.trace.Trace;

/** A virtual DSA that is made of a shared work queue. */
class VirtualDsaTest {
    private static final long PORTAL = 0xE000_1000L;
    private static final long MESSAGE = 0xFEE0_0000L;
    private static final int DATA = 0x41;
    private static final int INTERRUPT = 1 << 31;

    private final List<String> commands = new ArrayList<>();
    private final List<Integer> interrupts = new ArrayList<>();
    private final Kernel kernel = new Kernel();
    private final Os os = os();
    private PasidSet set;
    private VirtualDsa device;

    @BeforeEach
    void compose() {
        allocate(os.sva().newSet("other", null, PasidSet.Numbering.PRIVATE));
        set = os.sva().newSet("vm0", null, PasidSet.Numbering.PRIVATE);
        QueueConfig queue =
                new QueueConfig(
                        QueueConfig.Mode.SHARED,
                        null,
                        16,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        DsaConfig config =
                new DsaConfig(
                        Map.of("wq0", queue),
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null,
                        null);
        device =
                new VirtualDsa(
                        config.composedOf("wq0"),
                        new MediatedHost(
                                "vm0.dsa0", set, (address, data, nowPs) -> interrupts.add(data)),
                        new Real());
        finish(device.open());
        device.write(Register.MSIX_TABLE, 8, MESSAGE);
        device.write(Register.MSIX_TABLE + 8, 8, DATA);
    }

    private Os os() {
        Trace trace = new Trace(kernel);
        Statistics statistics = new Statistics();
        PhysicalMemory memory = new PhysicalMemory();
        Frames frames = new Frames(memory, 1 << 20, trace);
        Cores cores =
                new Cores(
                        CpuConfig.defaults(),
                        new CpuSurroundings(
                                kernel, trace, statistics, memory, frames, RegisterWindows.NOBODY));
        return new Os(
                OsConfig.defaults(),
                new OsSurroundings(
                        kernel,
                        trace,
                        statistics,
                        memory,
                        frames,
                        cores,
                        new Interrupts(kernel, trace, cores),
                        Defects.NONE));
    }

    private void finish(Call<?> call) {
        os.platform().scheduler().start("test", Priority.KERNEL, call);
        kernel.runUntilQuiet();
    }

    private SetPasid allocate(PasidSet owner) {
        PasidAllocation wanted = new PasidAllocation(1 << 20);
        finish(owner.allocate(wanted));
        return wanted.number();
    }

    /** Notes each command, which takes no time. */
    private final class Real implements RealDevice {
        @Override
        public int requesterId() {
            return 0x0100;
        }

        @Override
        public long portal() {
            return PORTAL;
        }

        @Override
        public Call<?> command(Command command, int operand) {
            commands.add(command + " " + operand);
            return Call.nothing();
        }

        @Override
        public Platform platform() {
            return os.platform();
        }
    }

    /** Error byte of CMDSTS. */
    private long command(Command command, int operand) {
        device.write(Register.CMD, 4, Register.command(command, operand, true));
        assertTrue((device.read(Register.CMDSTS, 8) & Register.CMDSTS_ACTIVE) != 0);
        kernel.runUntilQuiet();
        return device.read(Register.CMDSTS, 8);
    }

    private SetPasid bound() {
        SetPasid number = allocate(set);
        finish(device.told(PasidEvent.BIND, number));
        return number;
    }

    private QueueState queueState() {
        return Wqcfg.state((int) device.read(Register.WQCFG + Wqcfg.STATE_OFFSET, 4));
    }

    @Test
    void shouldShowOneSharedQueueAsTheHostHasConfiguredIt() {
        long capabilities = device.read(Register.WQCAP, 8);

        assertEquals(16 | 1L << 16, capabilities & 0xff_ffff);
        assertTrue((capabilities & Register.WQCAP_SHARED) != 0);
        assertEquals(0, capabilities & Register.WQCAP_DEDICATED);
        assertEquals(16, device.read(Register.WQCFG, 4));
        device.write(Register.WQCFG, 4, 99);
        assertEquals(16, device.read(Register.WQCFG, 4), "fixed");
    }

    @Test
    void shouldPassPortalThroughThatLeavesTheLastEntriesToTheHost() {
        assertEquals(
                Map.of(
                        Register.limitedPortal(0), PORTAL,
                        Register.unlimitedPortal(0), PORTAL),
                device.pages());
    }

    @Test
    void shouldEnableDeviceAndQueueWithoutTouchingTheRealOnes() {
        assertEquals(CommandError.DEVICE_NOT_ENABLED.code(), command(Command.ENABLE_WQ, 0));
        assertEquals(0, command(Command.ENABLE_DEVICE, 0));
        assertEquals(1, device.read(Register.GENSTS, 8));
        assertEquals(0, command(Command.ENABLE_WQ, 0));
        assertEquals(QueueState.ENABLED, queueState());
        assertEquals(CommandError.QUEUE_ENABLED.code(), command(Command.ENABLE_WQ, 0));

        assertEquals(List.of(), commands);
    }

    @Test
    void shouldInterruptGuestBehindEachCommand() {
        command(Command.ENABLE_DEVICE, 0);

        assertEquals(List.of(DATA), interrupts);
        assertEquals(Register.INTCAUSE_COMMAND, device.read(Register.INTCAUSE, 8));
        device.write(Register.INTCAUSE, 8, Register.INTCAUSE_COMMAND);
        assertEquals(0, device.read(Register.INTCAUSE, 8));
    }

    @Test
    void shouldDrainPasidOfGuestByItsHostPasid() {
        SetPasid number = bound();
        assertEquals(1, number.guest());

        command(Command.DRAIN_PASID, number.guest());

        assertEquals(List.of("DRAIN_PASID " + number.host()), commands);
        assertEquals(2, number.host());
    }

    @Test
    void shouldHaveNothingToDoForPasidThatIsNotTheGuests() {
        bound();

        assertEquals(0, command(Command.ABORT_PASID, 77));

        assertEquals(List.of(), commands);
    }

    @Test
    void shouldResetOnlyWhatIsTheGuests() {
        SetPasid first = bound();
        SetPasid second = bound();
        command(Command.ENABLE_DEVICE, 0);
        command(Command.ENABLE_WQ, 0);

        command(Command.RESET_DEVICE, 0);

        assertEquals(
                List.of("ABORT_PASID " + first.host(), "ABORT_PASID " + second.host()), commands);
        assertEquals(0, device.read(Register.GENSTS, 8));
        assertEquals(QueueState.DISABLED, queueState());
    }

    @Test
    void shouldHoldNumberFromBindUntilItsWorkIsAborted() {
        SetPasid number = bound();
        assertEquals(2, number.references());

        finish(device.told(PasidEvent.UNBIND, number));

        assertEquals(List.of("ABORT_PASID " + number.host()), commands);
        assertEquals(1, number.references());
    }

    @Test
    void shouldEndWorkOfNumberThatIsFreedInUse() {
        SetPasid number = bound();

        finish(set.free(number.guest()));

        assertEquals(List.of("ABORT_PASID " + number.host()), commands);
        assertTrue(number.isReclaimed());
    }

    @Test
    void shouldLetEveryNumberGoWhenItsMachineEnds() {
        SetPasid number = bound();

        finish(device.close());

        assertEquals(List.of("ABORT_PASID " + number.host()), commands);
        assertFalse(number.isHeldBy(device.name()));
    }

    @Test
    void shouldSayThatCommandIsInvalid() {
        assertEquals(
                CommandError.INVALID_COMMAND.code(), command(Command.REQUEST_INTERRUPT_HANDLE, 0));
        device.write(Register.CMD, 4, 0x1f << Register.CMD_CODE_SHIFT | INTERRUPT);
        kernel.runUntilQuiet();

        assertEquals(CommandError.INVALID_COMMAND.code(), device.read(Register.CMDSTS, 8));
    }
}
