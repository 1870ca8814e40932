package svasim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.process.Process;
import svasim.os.program.ProcessSpec;
import svasim.os.program.Program;
import svasim.os.program.Step;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** The timelines of the reference of the life of a PASID, section 4.1 and 4.2. */
class ExitOrderTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step MAP = new Step.MapDevice("dev0", null);
    private static final Step EXIT = new Step.Exit();

    @Test
    void shouldCutBeforeFreeingPagesAndStopDeviceAfterwards() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("app", "full", OPEN, MAP, EXIT);

        system.run()
                .recorder()
                .assertOrder(
                        "do_exit/exit_mm",
                        "mmput/drop mm_users",
                        "exit_mmap/mmu_notifier_release",
                        "iommu_sva_mm_release/cut entries",
                        "exit_mmap/synchronize_srcu",
                        "exit_mmap/unmap_vmas",
                        "exit_mmap/free_pgtables",
                        "exit_mmap/free pages",
                        "exit_mmap/tear_down_vmas",
                        "do_exit/exit_files",
                        "close_files/fput",
                        "do_exit/exit_task_work",
                        "__fput/release",
                        "simple_release/stop",
                        "iommu_sva_unbind_device/drain page requests",
                        "do_exit/exit_notify",
                        "do_exit/finish_task_switch",
                        "mmdrop/free pgd",
                        "mmdrop/mm_pasid_drop");
    }

    @Test
    void shouldLeadPasidFromAllocationToFree() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:drained", "1:freed"),
                system.run().recorder().pasidStates());
    }

    @Test
    void shouldFreeEveryFrameOfProcess() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        long before = system.frames().allocated();
        Process app = system.process("app", "full", OPEN, MAP, EXIT);

        system.run();

        assertEquals(before, system.frames().allocated());
        assertEquals(Mm.Life.FREED, app.mm().life());
    }

    @Test
    void shouldUnbindAtCloseWhileAddressSpaceLives() {
        var system = OsUnderTest.plain();
        SimpleDevice device = system.device("dev0");
        system.process("app", "", OPEN, new Step.Close("dev0"), EXIT);

        system.run();

        assertEquals(
                List.of("probe dev0", "install 1", "tear down 1", "drain 1", "forget 1"),
                device.iommu().done());
        assertTrue(
                system.recorder().indexOf(Kind.UNBOUND)
                        < system.recorder().indexOf(Kind.MM_EXITING));
    }

    @Test
    void shouldKeepBondWhilePortalIsMapped() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("app", "", OPEN, MAP, new Step.Close("dev0"), new Step.Unmap("dev0"), EXIT);

        var recorder = system.run().recorder();

        recorder.assertOrder(
                "filp_close/fput", "do_vmi_align_munmap/remove VMAs", "simple_release/stop");
    }

    @Test
    void shouldReleaseFileOnceWhenLastReferenceGoes() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("app", "", OPEN, MAP, MAP, EXIT);

        assertEquals(1, system.run().recorder().of(Kind.FILE_RELEASED).size());
    }

    @Test
    void shouldNotTouchBondWhenOneOfTwoThreadsEnds() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        Step later = new Step.Sleep(Picoseconds.ofMicros(500));
        Program opener = Program.of(OPEN);
        Program other = Program.of(later, EXIT);
        system.os().add(new ProcessSpec("app", Map.of(), threads(opener, other)));

        var recorder = system.run().recorder();

        assertEquals(1, recorder.of(Kind.CUT).size());
        assertTrue(recorder.of(Kind.CUT).get(0).timePs() > Picoseconds.ofMicros(500).value());
    }

    @Test
    void shouldEndSleepingProcessBySigkill() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        Step forLong = new Step.Sleep(Picoseconds.ofMicros(1_000_000));
        Process victim = system.process("victim", "", OPEN, forLong, EXIT);
        Step wait = new Step.Sleep(Picoseconds.ofMicros(200));
        system.process("killer", "", wait, new Step.Kill("victim"), EXIT);

        var recorder = system.run().recorder();

        assertTrue(victim.isKilled() && victim.hasEnded());
        long killed = recorder.of(Kind.SIGNAL).get(0).timePs();
        long cut = recorder.of(Kind.CUT).get(0).timePs();
        assertTrue(cut - killed < Picoseconds.ofMicros(50).value());
    }

    @Test
    void shouldGiveNumberToNextProcessOnlyAfterStructIsGone() {
        var system = OsUnderTest.plain();
        system.device("dev0");
        system.process("first", "", OPEN, EXIT);
        system.process("second", "", new Step.AwaitProcess("first"), OPEN, EXIT);

        var recorder = system.run().recorder();

        List<String> states = recorder.pasidStates();
        assertEquals("1:allocated", states.get(0));
        assertTrue(states.indexOf("1:freed") < states.size() - 1);
    }

    @Test
    void shouldFreeNumberBeforeUnbindWithDefect() {
        var system = new OsUnderTest.Setup().defect(Defect.S03).build();
        system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        var recorder = system.run().recorder();

        assertTrue(recorder.indexOf(Kind.PASID_FREED) < recorder.indexOf(Kind.UNBOUND));
    }

    @Test
    void shouldNotDrainAfterDeathOfAddressSpaceWithDefect() {
        var system = new OsUnderTest.Setup().defect(Defect.S18).build();
        SimpleDevice device = system.device("dev0");
        system.process("app", "", OPEN, EXIT);

        system.run();

        assertFalse(device.iommu().done().contains("drain 1"));
        assertEquals(
                List.of("1:allocated", "1:bound", "1:cut", "1:freed"),
                system.recorder().pasidStates());
    }

    private static Map<String, Program> threads(Program first, Program second) {
        Map<String, Program> threads = new LinkedHashMap<>();
        threads.put("opener", first);
        threads.put("other", second);
        return threads;
    }
}
