package svasim.os.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Cpu;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.procedure.Next;
import svasim.os.procedure.Procedure;
import svasim.os.program.Step;
import svasim.os.task.Priority;
import svasim.os.task.Task;
import svasim.os.task.TaskWork;
import svasim.paging.Access;
import svasim.trace.Kind;
import svasim.units.ByteSize;
import svasim.units.Picoseconds;

/** References to open files, by descriptors and by mappings, and what the last one starts. */
class OpenFileTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step EXIT = new Step.Exit();
    private static final Step LONG = new Step.Sleep(Picoseconds.ofMicros(500));

    private static final Procedure<OpenFile> PUT =
            Procedure.<OpenFile>named("put").sleeping("fput", 1_000, OpenFileTest::put).build();

    private OsUnderTest system;
    private Mm mm;
    private OpenFile file;

    private static Next put(OpenFile file, Cpu cpu) {
        file.put("fd");
        return Next.DONE;
    }

    @BeforeEach
    void openFile() {
        system = OsUnderTest.plain();
        SimpleDevice device = system.device("dev0");
        mm = system.os().spaces().create("mm");
        mm.getUsers(system.platform().references().node("user"));
        Task opener = system.platform().scheduler().task("opener", Priority.USER);
        file = system.os().files().create(device, mm, opener);
        system.run();
        Opening.run(system, device, file);
    }

    /** Runs the driver's open. */
    private record Opening() {
        static void run(OsUnderTest system, SimpleDevice device, OpenFile file) {
            system.finish(device.open(file));
            assertNull(file.refusal());
        }
    }

    private List<Recorder.Seen> changes() {
        return system.recorder().of(Kind.FILE_REFERENCE);
    }

    @Test
    void shouldBeHeldByNothingAtFirst() {
        assertEquals(0, file.referenceCount());
        assertEquals(mm, file.openedBy());
        assertEquals(1, file.id());
        assertEquals(List.of(file), system.os().files().all());
    }

    @Test
    void shouldTellWhoTakesAndGivesReferences() {
        file.get("fd");
        file.get("vma");
        file.put("fd");

        assertEquals(
                List.of("f_count of fd", "f_count of vma", "f_count of fd"),
                changes().stream().map(Recorder.Seen::subject).toList());
        assertEquals(List.of(1L, 2L, 1L), changes().stream().map(Recorder.Seen::c).toList());
    }

    @Test
    void shouldRefusePutByWhoHoldsNothing() {
        file.get("fd");

        assertThrows(IllegalStateException.class, () -> file.put("vma"));
    }

    @Test
    void shouldBeHeldByMappingAndByEachOfItsParts() {
        file.get("fd");
        Mmap mmap = mm.mapDevice(file, 0xE000_0000L, 3 * 4096, READ_WRITE);
        system.finish(mmap.call());
        assertEquals(2, file.referenceCount());

        system.finish(mm.unmap(mmap.start() + 4096, 4096));
        assertEquals(3, file.referenceCount());
        system.finish(mm.unmap(mmap.start(), 3 * 4096));
        assertEquals(1, file.referenceCount());
    }

    @Test
    void shouldKeepReferenceWhenMappingIsProtected() {
        file.get("fd");
        Mmap mmap = mm.mapDevice(file, 0xE000_0000L, 2 * 4096, READ_WRITE);
        system.finish(mmap.call());

        system.finish(mm.protect(mmap.start(), 2 * 4096, Access.READ));

        assertEquals(2, file.referenceCount());
        assertTrue(system.recorder().of(Kind.FILE_RELEASED).isEmpty());
    }

    @Test
    void shouldBeReleasedInWorkerWhenKernelThreadDropsIt() {
        file.get("fd");

        system.finish(new Call<>(PUT, file));

        assertEquals(1, system.recorder().of(Kind.FILE_RELEASED).size());
        system.recorder().assertOrder("put/fput", "process_one_work/work", "__fput/release");
    }

    @Test
    void shouldBeReleasedByUserTaskOnItsWayBack() {
        file.get("fd");
        Task task = system.platform().scheduler().task("t", Priority.USER);
        system.platform().scheduler().start(task, new Call<>(PUT, file));
        system.kernel().runUntilQuiet();
        assertTrue(system.recorder().of(Kind.FILE_RELEASED).isEmpty());

        Task other = system.platform().scheduler().task("other", Priority.USER);
        system.platform().scheduler().start(other, TaskWork.onReturn(task));
        system.kernel().runUntilQuiet();
        assertEquals(1, system.recorder().of(Kind.FILE_RELEASED).size());
    }

    @Test
    void shouldBeReleasedInWorkerAfterTaskStoppedTakingWork() {
        file.get("fd");
        Task task = system.platform().scheduler().task("t", Priority.USER);
        system.platform().scheduler().start(task, TaskWork.onExit(task));
        system.kernel().runUntilQuiet();
        Task again = task;
        system.platform().scheduler().start(again, new Call<>(PUT, file));
        system.kernel().runUntilQuiet();

        system.recorder().assertOrder("put/fput", "process_one_work/work", "__fput/release");
    }

    @Test
    void shouldKeepWhatDriverHangsOnIt() {
        file.keep("state");

        assertEquals("state", file.context(String.class));
        assertThrows(ClassCastException.class, () -> file.context(Integer.class));
        file.keep(null);
        assertNull(file.context(String.class));
    }

    @Test
    void shouldNotReleaseFileThatDriverRefusedToOpen() {
        OsUnderTest other = OsUnderTest.plain();
        other.device("dev0").iommu().refuse("no");
        other.process("app", "", OPEN, EXIT);

        Recorder seen = other.run().recorder();

        assertTrue(seen.of(Kind.FILE_REFERENCE).isEmpty());
        assertTrue(seen.of(Kind.FILE_RELEASED).isEmpty());
    }

    @Test
    void shouldCountDescriptorAndMappingsOfProcess() {
        OsUnderTest other = OsUnderTest.plain();
        other.device("dev0");
        Step map = new Step.MapDevice("dev0", ByteSize.ofKiB(8));
        other.process("app", "", OPEN, map, map, LONG, EXIT);
        other.os().boot();
        other.kernel().run(Picoseconds.ofMicros(300).value(), Long.MAX_VALUE);

        assertEquals(3, other.os().files().all().get(0).referenceCount());
    }

    @Test
    void shouldCloseFilesInOrderOfOpening() {
        OsUnderTest other = OsUnderTest.plain();
        other.device("dev0");
        other.device("dev1", 0x0200, new svasim.os.SimpleIommu());
        other.process("app", "", new Step.Open("dev1"), OPEN, EXIT);

        List<Recorder.Seen> released = other.run().recorder().of(Kind.FILE_RELEASED);

        assertEquals(List.of("dev1", "dev0"), released.stream().map(s -> s.subject()).toList());
    }

    @Test
    void shouldGrantMappingOnlyWithAddressAndWithoutRefusal() {
        DeviceMapping mapping = new DeviceMapping(mm, 4096);
        assertFalse(mapping.isGranted());
        mapping.at(0xE000_0000L);
        assertTrue(mapping.isGranted());
        mapping.refuse("not the opener");

        assertFalse(mapping.isGranted());
        assertEquals("not the opener", mapping.refusal());
        assertEquals(mm, mapping.mm());
        assertEquals(4096, mapping.bytes());
    }
}
