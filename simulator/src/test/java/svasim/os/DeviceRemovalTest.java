package svasim.os;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import svasim.os.defect.Defect;
import svasim.os.file.OpenFile;
import svasim.os.mm.Mm;
import svasim.os.mm.UserAccess;
import svasim.os.pci.RemovalServices;
import svasim.os.pci.RemoveDevice;
import svasim.os.procedure.Call;
import svasim.os.process.Process;
import svasim.os.program.Step;
import svasim.paging.Access;
import svasim.trace.Kind;
import svasim.units.Picoseconds;

/** A device that goes while files of it are open: what ends when, and what is left of the files. */
class DeviceRemovalTest {
    private static final Step OPEN = new Step.Open("dev0");
    private static final Step MAP = new Step.MapDevice("dev0", null);
    private static final Step REMOVE = new Step.Remove("dev0");
    private static final Step CLOSE = new Step.Close("dev0");
    private static final Step EXIT = new Step.Exit();

    private OsUnderTest system = OsUnderTest.plain();

    private static Step sleep(int micros) {
        return new Step.Sleep(Picoseconds.ofMicros(micros));
    }

    private Process run(Step... steps) {
        system.device("dev0");
        Process app = system.process("app", "", steps);
        system.run();
        return app;
    }

    @Test
    void shouldUnbindWhatOpenFilesHaveBeforeTheDeviceIsReleased() {
        run(OPEN, REMOVE, sleep(10), EXIT);

        system.recorder()
                .assertOrder("simple_release/unbind", "iommu_release_device/release_device");
        assertEquals(1, system.recorder().of(Kind.UNBINDING).size());
        assertEquals(1, system.recorder().of(Kind.UNBOUND).size());
    }

    @Test
    void shouldReleaseFileOfRemovedDeviceWithoutItsDriver() {
        Process app = run(OPEN, REMOVE, CLOSE, EXIT);

        assertEquals(List.of(), app.failures());
        assertEquals(1, system.recorder().of(Kind.FILE_RELEASED).size());
        assertEquals(
                1,
                system.recorder().steps().stream().filter("simple_release/stop"::equals).count());
    }

    @Test
    void shouldKeepDriverDataUntilTheLastFileIsReleased() {
        run(OPEN, REMOVE, sleep(10), CLOSE, EXIT);

        List<Recorder.Seen> used = system.recorder().of(Kind.OBJECT_USED);
        long freed =
                system.recorder().of(Kind.OBJECT_FREED).stream()
                        .filter(seen -> "driver data of dev0".equals(seen.subject()))
                        .findFirst()
                        .orElseThrow()
                        .timePs();
        assertTrue(used.stream().allMatch(seen -> seen.timePs() <= freed));
    }

    @Test
    void shouldFreeDriverDataUnderOpenFileWithDefect() {
        system = new OsUnderTest.Setup().defect(Defect.S17).build();

        run(OPEN, REMOVE, sleep(10), CLOSE, EXIT);

        long freed =
                system.recorder().of(Kind.OBJECT_FREED).stream()
                        .filter(seen -> "driver data of dev0".equals(seen.subject()))
                        .findFirst()
                        .orElseThrow()
                        .timePs();
        assertTrue(
                system.recorder().of(Kind.OBJECT_USED).stream()
                        .anyMatch(
                                seen ->
                                        seen.timePs() > freed
                                                && "driver data of dev0".equals(seen.subject())));
    }

    @Test
    void shouldRefuseNewOpenAndNewMappingOnceTheDeviceGoes() {
        Process app = run(OPEN, REMOVE, MAP, CLOSE, OPEN, REMOVE, EXIT);

        assertEquals(
                List.of(
                        "main: mmap dev0: the device is gone",
                        "main: open dev0: no such device",
                        "main: remove dev0: no such device"),
                app.failures());
    }

    @Test
    void shouldLeaveNothingBehindMappingsOfRemovedDevice() {
        system.device("dev0");
        Process app = system.process("app", "", OPEN, MAP, REMOVE, sleep(1_000), EXIT);
        system.os().boot();
        system.kernel().run(Picoseconds.ofMicros(900).value(), Long.MAX_VALUE);
        OpenFile file = system.os().files().all().get(0);
        Mm mm = app.mm();
        UserAccess access = new UserAccess(mm, mm.mappingOf(file), Access.WRITE);

        system.finish(access.call());

        assertTrue(access.failed());
    }

    @Test
    void shouldWaitForOpenThatIsUnderWay() {
        SimpleDevice device = system.device("dev0");
        system.process("app", "", OPEN, sleep(100), EXIT);
        system.os().boot();
        system.runToStep("simple_open/bind");

        system.finish(removal(device));

        system.recorder().assertOrder("do_sys_open/fd_install", "orphan_file/become a zombie");
        assertEquals(1, system.recorder().of(Kind.UNBOUND).size());
    }

    private Call<?> removal(SimpleDevice device) {
        RemovalServices services =
                new RemovalServices(
                        system.os().files(),
                        system.os().spaces(),
                        name -> {},
                        (gone, remove) -> remove);
        return RemoveDevice.call(device.device(), device, services);
    }

    @Test
    void shouldWaitForReleaseThatIsUnderWay() {
        SimpleDevice device = system.device("dev0");
        system.process("app", "", OPEN, CLOSE, EXIT);
        system.process("admin", "", sleep(1), EXIT);
        system.os().boot();
        system.runToStep("simple_release/stop");

        system.finish(removal(device));

        system.recorder().assertOrder("__fput/free file", "iommu_release_device/release_device");
        assertEquals(1, system.recorder().of(Kind.UNBOUND).size());
    }
}
