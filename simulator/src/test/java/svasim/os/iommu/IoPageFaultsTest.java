package svasim.os.iommu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.SimpleDevice;
import svasim.os.defect.Defect;
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
        use(OsUnderTest.plain());
    }

    private void use(OsUnderTest newSystem) {
        system = newSystem;
        device = system.device("dev0");
        faults = newFaults("iommu0", new PageRequestOptions());
        mm = system.os().spaces().create("mm");
        user = system.platform().references().node("user");
        mm.getUsers(user);
        Mmap mmap = mm.mapAnonymous(4 * 4096, Access.READ | Access.WRITE);
        run(mmap.call());
        va = mmap.start();
        device.device().publish(PASID, mm);
    }

    private IoPageFaults newFaults(String unit, PageRequestOptions options) {
        IommuOptions shared =
                new IommuOptions(
                        null, null, null, null, null, null, FaultQueue.SHARED, null, null, options);
        return new IoPageFaults(unit, 2, shared, system.platform());
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
        List<PageGroup> taken = faults.takeAll(device.device());
        system.kernel().runUntilQuiet();

        assertEquals(List.of(7), taken.stream().map(PageGroup::index).toList());
        assertEquals(List.of(), responses());
        assertEquals(0, faults.pending());
    }

    @Test
    void shouldAnswerGroupThatWasTakenAwayFromWorkerWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S54).build());
        faults.report(request(va, 7, true));
        faults.takeAll(device.device());
        system.kernel().runUntilQuiet();

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldAnswerOnceWithoutRemovalInSpiteOfDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S54).build());
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldAnswerEveryGroupTwiceWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.I_30).build());
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS", "respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldLeaveGroupsOfOtherDevicesPendingWhenOneIsRemoved() {
        faults.report(request(va, 7, true));

        assertEquals(List.of(), faults.takeAll(other()));
        assertEquals(1, faults.pending());
        system.kernel().runUntilQuiet();
        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldForgetIncompleteGroupsOfRemovedDevice() {
        run(faults.report(request(0x1000, 7, false)));
        faults.takeAll(device.device());
        run(faults.report(request(va, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldHandBackPendingGroupsInOrderOfIndex() {
        faults.report(request(va, 9, true));
        faults.report(request(va, 2, true));
        faults.report(request(va, 5, true));

        assertEquals(
                List.of(2, 5, 9),
                faults.takeAll(device.device()).stream().map(PageGroup::index).toList());
    }

    @Test
    void shouldNotMixPartialGroupsOfTwoDevicesWithSameIndex() {
        run(faults.report(request(0x1000, 7, false)));
        PciDevice other = other();
        other.publish(PASID, mm);
        int access = Access.READ | Access.WRITE;
        run(faults.report(new PageRequest(other, PASID, va, access, 7, true)));

        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    @Test
    void shouldRefuseWriteToReadOnlyMappingAndGrantRead() {
        run(mm.protect(va, 4096, Access.READ));
        run(faults.report(new PageRequest(device.device(), PASID, va, Access.WRITE, 1, true)));
        run(faults.report(new PageRequest(device.device(), PASID, va, Access.READ, 2, true)));

        assertEquals(List.of("respond 1 INVALID_REQUEST", "respond 2 SUCCESS"), responses());
    }

    @Test
    void shouldHoldNoUserOfAddressSpaceBetweenGroups() {
        run(faults.report(request(va, 1, false)));
        run(faults.report(request(va + 4096, 1, true)));

        assertEquals(1, mm.users());
        assertEquals(1, mm.count());
    }

    @Test
    void shouldTearAddressSpaceDownInWorkerThatHasItsLastUser() {
        mm.grab(user);
        faults.report(request(va, 7, true));
        runToStep("handle_mm_fault/take mmap_lock");
        run(mm.putUsers(user));

        system.recorder().assertOrder("iommu_sva_handle_iopf/mmput", "exit_mmap/begin");
        assertEquals(Mm.Life.EMPTY, mm.life());
        assertEquals(List.of("respond 7 SUCCESS"), responses());
    }

    private void runToStep(String label) {
        while (!system.recorder().steps().contains(label)) {
            system.kernel().run(system.kernel().nowPs() + 10_000, Long.MAX_VALUE);
        }
    }

    private PciDevice other() {
        return system.os()
                .addDevice(
                        "dev1",
                        0x0200,
                        OsUnderTest.capable(20),
                        PciPath.INTEGRATED,
                        device.iommu());
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

    private void useRoomForOneGroup(OsUnderTest newSystem) {
        use(newSystem);
        faults = newFaults("small", new PageRequestOptions(null, null, 1, null));
    }

    @Test
    void shouldAnswerFailureAndKeepNothingOfAGroupThatThereIsNoMemoryFor() {
        useRoomForOneGroup(OsUnderTest.plain());
        run(faults.report(request(0x1000, 8, false)));
        faults.report(request(va, 7, true));
        run(faults.report(request(va + 4096, 8, true)));
        run(faults.report(request(va + 8192, 8, true)));

        assertEquals("respond 8 FAILURE", responses().get(0));
        assertEquals("respond 8 SUCCESS", responses().get(responses().size() - 1));
    }

    @Test
    void shouldTakeLeftRequestsForPartsOfTheNextGroupWithDefect() {
        useRoomForOneGroup(new OsUnderTest.Setup().defect(Defect.S55).build());
        run(faults.report(request(0x1000, 8, false)));
        faults.report(request(va, 7, true));
        run(faults.report(request(va + 4096, 8, true)));
        run(faults.report(request(va + 8192, 8, true)));

        assertEquals("respond 8 INVALID_REQUEST", responses().get(0));
        assertEquals("respond 8 INVALID_REQUEST", responses().get(responses().size() - 1));
    }

    @Test
    void shouldLeaveBondAloneWhenAStopMarkerNamesIt() {
        run(faults.stopMarker(device.device(), PASID));
        run(faults.stopMarker(null, PASID));

        assertEquals(List.of(), device.iommu().done());
    }

    @Test
    void shouldTearDownTheBondThatAStopMarkerNamesWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S24).build());
        run(faults.stopMarker(device.device(), PASID));

        assertEquals(1, device.iommu().done().size());
    }
}
