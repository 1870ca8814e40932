package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.mm.Mm;
import svasim.os.mm.Mmap;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.Priority;
import svasim.paging.Access;

/** Page request groups from report to response (reference 3.4). */
class IoPageFaultsTest {
    private static final int PASID = 5;

    private OsUnderTest system;
    private SimpleDevice device;
    private IoPageFaults faults;
    private Mm mm;
    private Node user;
    private long va;

    @BeforeEach
    void bindAddressSpace() {
        system = OsUnderTest.plain();
        device = system.device("dev0");
        faults = new IoPageFaults("iommu0", 2, system.platform());
        mm = system.os().spaces().create("mm");
        user = system.platform().references().node("user");
        mm.getUsers(user);
        Mmap mmap = mm.mapAnonymous(4 * 4096, Access.READ | Access.WRITE);
        run(mmap.call());
        va = mmap.start();
        device.device().publish(PASID, mm);
    }

    private void run(Call<?> call) {
        system.platform().scheduler().start("test", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
    }

    private PageRequest request(long address, int index, boolean last) {
        return new PageRequest(
                device.device(), PASID, address, Access.READ | Access.WRITE, index, last);
    }

    private List<String> responses() {
        return device.iommu().done().stream().filter(s -> s.startsWith("respond")).toList();
    }

    @Test
    void shouldMakePagePresentAndAnswerSuccess() {
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
        assertNotEquals(-1, mm.physical(va));
        assertEquals(1, mm.users());
    }

    @Test
    void shouldNotAnswerBeforeLastRequestOfGroup() {
        run(faults.report(request(va, 7, false)));

        assertEquals(List.of(), responses());
        assertEquals(-1, mm.physical(va));
    }

    @Test
    void shouldResolveAllRequestsOfGroupAndOnlyThose() {
        run(faults.report(request(va, 7, false)));
        run(faults.report(request(va + 4096, 8, false)));
        run(faults.report(request(va + 8192, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
        assertNotEquals(-1, mm.physical(va));
        assertEquals(-1, mm.physical(va + 4096));
        assertNotEquals(-1, mm.physical(va + 8192));
    }

    @Test
    void shouldLetFirstErrorDecide() {
        run(faults.report(request(0x1000, 7, false)));
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 INVALID_REQUEST"), responses());
        assertEquals(-1, mm.physical(va));
    }

    @Test
    void shouldAnswerInvalidForPasidOfNobody() {
        device.device().erase(PASID);
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 INVALID_REQUEST"), responses());
    }

    @Test
    void shouldAnswerInvalidWhenAddressSpaceIsDead() {
        mm.grab(user);
        run(mm.putUsers(user));
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 INVALID_REQUEST"), responses());
    }

    @Test
    void shouldNotAnswerGroupThatWasTakenAwayFromWorker() {
        faults.report(request(va, 7, true));
        List<PageGroup> taken = faults.removeDevice(device.device());
        system.kernel().runUntilQuiet();

        assertEquals(List.of(7), taken.stream().map(PageGroup::index).toList());
        assertEquals(List.of(), responses());
        assertEquals(0, faults.pending());
    }

    @Test
    void shouldForgetIncompleteGroupsAfterOverflow() {
        run(faults.report(request(0x1000, 7, false)));
        faults.discardPartials();
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldFlushUntilReportedGroupsAreAnswered() {
        faults.report(request(va, 7, true));
        assertFalse(responses().contains("respond 7 SUCCESS"));
        run(faults.flush());

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }
}
