package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.Recorder;
import svasim.os.SimpleDevice;
import svasim.os.defect.Defect;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.trace.Kind;

/** Who counts as a user of a device's page faults, and what that keeps alive. */
class FaultUsersTest {
    private static final int PASID = 5;

    private OsUnderTest system;
    private SimpleDevice node;
    private PciDevice device;
    private IoPageFaults faults;
    private long va;

    @BeforeEach
    void makeDevice() {
        use(OsUnderTest.plain());
    }

    private void use(OsUnderTest newSystem) {
        system = newSystem;
        node = system.device("dev0");
        device = node.device();
        faults = new IoPageFaults("iommu0", 1, IommuOptions.defaults(), system.platform());
        Mm mm = system.os().spaces().create("mm");
        mm.getUsers(system.platform().references().node("user"));
        Mmap mmap = mm.mapAnonymous(4096, Access.READ | Access.WRITE);
        run(mmap.call());
        va = mmap.start();
        device.publish(PASID, mm);
    }

    private void run(Call<?> call) {
        system.platform().scheduler().start("test", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
    }

    private PageRequest request() {
        return new PageRequest(device, PASID, va, Access.READ, 3, true);
    }

    private boolean freed(String object) {
        return system.recorder().of(Kind.OBJECT_FREED).stream()
                .anyMatch(seen -> object.equals(seen.subject()));
    }

    private long deviceReferences() {
        List<Recorder.Seen> changes = system.recorder().of(Kind.DEVICE_REFERENCE);
        return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).c();
    }

    private long used() {
        return system.recorder().of(Kind.OBJECT_USED).stream()
                .filter(seen -> "fault parameter of dev0".equals(seen.subject()))
                .count();
    }

    @Test
    void shouldLeaveQueueWithLastUserOnly() {
        faults.enable(device);
        faults.enable(device);

        run(faults.disable(device));
        assertTrue(faults.isEnabled(device));
        assertFalse(freed("fault parameter of dev0"));

        run(faults.disable(device));
        assertFalse(faults.isEnabled(device));
        assertTrue(freed("fault parameter of dev0"));
    }

    @Test
    void shouldFallBelowZeroWhenOnlySwitchedOff() {
        run(faults.disable(device));

        List<Recorder.Seen> changes = system.recorder().of(Kind.FAULT_USER);
        assertEquals(-1, changes.get(0).c());
    }

    @Test
    void shouldKeepParameterAsLongAsAGroupIsUnderWay() {
        faults.enable(device);
        faults.report(request());

        faults.takeAll(device);
        assertFalse(freed("fault parameter of dev0"));

        system.kernel().runUntilQuiet();
        assertTrue(freed("fault parameter of dev0"));
    }

    @Test
    void shouldMakeANewParameterForTheNextUser() {
        faults.enable(device);
        run(faults.disable(device));
        faults.enable(device);
        run(faults.report(request()));

        assertEquals(1, used());
        assertEquals(1, node.iommu().done().stream().filter(s -> s.startsWith("respond")).count());
    }

    @Test
    void shouldHoldDeviceOnlyWhileItsRequestIsTaken() {
        faults.enable(device);
        run(faults.report(request()));
        device.erase(PASID);
        run(faults.report(request()));

        assertEquals(4, system.recorder().of(Kind.DEVICE_REFERENCE).size());
        assertEquals(0, deviceReferences());
    }

    @Test
    void shouldKeepDeviceForEverByRequestOfNobodyWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S52).build());
        faults.enable(device);
        run(faults.report(request()));
        assertEquals(0, deviceReferences());

        device.erase(PASID);
        run(faults.report(request()));
        assertEquals(1, deviceReferences());
    }

    @Test
    void shouldUseParameterThatIsGoneWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S53).build());
        faults.enable(device);
        Call<?> report = faults.report(request());
        run(faults.disable(device));

        run(report);

        assertTrue(freed("fault parameter of dev0"));
        assertEquals(1, used());
        assertEquals(0, faults.pending());
    }

    @Test
    void shouldReportAsUsualWithDefectWhenNobodyComesBetween() {
        use(new OsUnderTest.Setup().defect(Defect.S53).build());
        faults.enable(device);

        run(faults.report(request()));

        assertEquals(List.of("respond 3 SUCCESS"), node.iommu().done());
    }
}
