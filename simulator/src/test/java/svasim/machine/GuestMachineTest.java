package svasim.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import svasim.guest.Guest;
import svasim.guest.GuestConfig;
import svasim.kernel.Choices;
import svasim.kernel.Kernel;
import svasim.memory.FrameUse;
import svasim.os.OsConfig;
import svasim.os.defect.Defects;
import svasim.os.file.OpenFile;
import svasim.os.program.Buffer;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** A guest without devices: it runs as a process of the host, and leaves nothing behind. */
class GuestMachineTest {
    private static final long SECOND_PS = 1_000_000_000_000L;

    private static Machine machine(IommuConfig.Unit unit, Program host, Step... guest) {
        MachineConfig hardware =
                new MachineConfig(null, null, null, null, IommuConfig.of(unit), null, null, null);
        Map<String, Buffer> buffers = new LinkedHashMap<>();
        buffers.put("page", new Buffer(ByteSize.ofKiB(16), Buffer.Fill.COUNTING));
        ProcessSpec app = new ProcessSpec("app", buffers, Map.of("main", Program.of(guest)));
        List<ProcessSpec> processes =
                host == null
                        ? List.of()
                        : List.of(new ProcessSpec("manager", Map.of(), Map.of("main", host)));
        return new Machine(
                new Machine.Plan(
                        hardware,
                        OsConfig.defaults(),
                        Defects.NONE,
                        processes,
                        List.of(),
                        List.of(),
                        svasim.check.Bounds.defaults(),
                        List.of(new GuestPlan("vm0", GuestConfig.defaults(), List.of(app)))),
                0,
                Choices.PLAIN);
    }

    private static void assertNothingIsLeft(Machine machine) {
        assertEquals(List.of(), machine.violations());
        assertEquals(List.of(), machine.waitingFor());
        assertTrue(machine.os().files().all().stream().allMatch(OpenFile::isReleased));
        Guest guest = machine.guests().get("vm0");
        for (long gpa = 0; gpa < guest.config().memory().bytes(); gpa += 4096) {
            assertTrue(!guest.memory().isThere(gpa));
        }
        long ofGuests = 0;
        for (long hpa = 1L << 32; hpa < (1L << 32) + ByteSize.ofMiB(256).bytes(); hpa += 4096) {
            ofGuests += machine.hardware().frames().use(hpa) == FrameUse.GUEST ? 1 : 0;
        }
        assertEquals(0, ofGuests);
    }

    @ParameterizedTest
    @EnumSource(
            value = IommuConfig.Unit.class,
            names = {"NONE", "VTD", "SMMUV3", "AMDVI"})
    void shouldRunAGuestToItsEndAndGiveItsMemoryBack(IommuConfig.Unit unit) {
        Machine machine = machine(unit, null, new Step.Touch("page", true), new Step.Exit());
        machine.os();
        Guest guest = machine.guests().get("vm0");
        guest.os().keepAtExit("app", "page");

        assertEquals(Kernel.End.QUIET, machine.run(SECOND_PS, 10_000_000));

        assertEquals(Guest.State.OFF, guest.state());
        assertEquals(7, guest.os().process("app").contents("page")[0x1007]);
        assertTrue(machine.os().process("vm0").hasEnded());
        assertEquals(List.of(), machine.os().process("vm0").failures());
        assertNothingIsLeft(machine);
    }

    @Test
    void shouldEndAGuestWhoseMonitorIsKilled() {
        Program manager =
                Program.of(
                        new Step.Sleep(Picoseconds.ofMicros(5_000)),
                        new Step.Kill("vm0"),
                        new Step.AwaitProcess("vm0"));
        Machine machine =
                machine(
                        IommuConfig.Unit.VTD,
                        manager,
                        new Step.Compute(Picoseconds.ofMicros(100_000)));

        assertEquals(Kernel.End.QUIET, machine.run(SECOND_PS, 10_000_000));

        assertEquals(Guest.State.STOPPED, machine.guests().get("vm0").state());
        assertTrue(machine.hardware().kernel().nowPs() < Picoseconds.ofMicros(20_000).value());
        assertNothingIsLeft(machine);
    }

    @Test
    void shouldEndAtAnyTimeAfterAKill() {
        for (int micros = 50; micros < 6_000; micros += 410) {
            Program manager =
                    Program.of(new Step.Sleep(Picoseconds.ofMicros(micros)), new Step.Kill("vm0"));
            Machine machine = machine(IommuConfig.Unit.VTD, manager, new Step.Touch("page", true));

            assertEquals(Kernel.End.QUIET, machine.run(SECOND_PS, 10_000_000));

            assertNothingIsLeft(machine);
        }
    }
}
