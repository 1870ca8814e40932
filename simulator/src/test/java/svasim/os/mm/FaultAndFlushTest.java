package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Tlb;
import svasim.os.OsUnderTest;
import svasim.os.Script;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.Priority;
import svasim.os.task.Task;
import svasim.paging.Access;
import svasim.trace.Kind;

/** Page faults, TLB flushes on other cores, notifiers, and who keeps an address space. */
class FaultAndFlushTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final long PAGE = 4096;
    private static final long ALL = -1;

    private OsUnderTest system;
    private Mm mm;
    private Node user;

    /** A notifier that notes for what it is called. */
    private static final class Notes implements MmuNotifier {
        private final Node node;
        private final List<String> calls = new ArrayList<>();

        Notes(Node node) {
            this.node = node;
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public Call<?> release() {
            calls.add("release");
            return Call.nothing();
        }

        @Override
        public Call<?> invalidate(long start, long end) {
            calls.add(end == ALL ? "all" : (end - start) / PAGE + " pages");
            return Call.nothing();
        }
    }

    @BeforeEach
    void plain() {
        use(new OsUnderTest.Setup().cores(4));
    }

    private void use(OsUnderTest.Setup setup) {
        system = setup.build();
        mm = system.os().spaces().create("mm");
        user = system.platform().references().node("user");
        mm.getUsers(user);
    }

    private Notes notifier() {
        Notes notes = new Notes(system.platform().references().node("notes"));
        mm.register(notes);
        return notes;
    }

    private long map(int pages) {
        Mmap mmap = mm.mapAnonymous(pages * PAGE, READ_WRITE);
        system.finish(mmap.call());
        return mmap.start();
    }

    private UserAccess touch(long va) {
        UserAccess done = new UserAccess(mm, va, Access.WRITE);
        system.finish(done.call());
        return done;
    }

    private PageFault fault(long va, int access) {
        PageFault fault = new PageFault(mm, va, access);
        system.finish(fault.call());
        return fault;
    }

    private Task start(Call<?> call) {
        return system.platform().scheduler().start("test", Priority.KERNEL, call);
    }

    private int pagesMapped() {
        return system.recorder().of(Kind.PAGE_MAPPED).size();
    }

    @Test
    void shouldResolveFaultOnlyWithinMappingAndPermission() {
        long va = map(1);
        system.finish(mm.protect(va, PAGE, Access.READ));

        assertTrue(fault(va, Access.READ).isResolved());
        assertFalse(fault(va, Access.WRITE).isResolved());
        assertFalse(fault(va + PAGE, Access.READ).isResolved());
        assertFalse(fault(va - 1, Access.READ).isResolved());
        assertFalse(fault(va, Access.EXECUTE).isResolved());
    }

    @Test
    void shouldResolveFaultOfPresentPageWithoutNewPage() {
        long va = map(1);
        fault(va, Access.WRITE);
        fault(va, Access.WRITE);
        fault(va + 123, Access.READ);

        assertEquals(1, pagesMapped());
    }

    @Test
    void shouldMakeOnePageForTwoFaultsAtOnce() {
        long va = map(1);
        PageFault first = new PageFault(mm, va, Access.WRITE);
        PageFault second = new PageFault(mm, va, Access.WRITE);
        start(first.call());
        start(second.call());
        system.kernel().runUntilQuiet();

        assertTrue(first.isResolved() && second.isResolved());
        assertEquals(1, pagesMapped());
        assertFalse(mm.lock().isTaken());
    }

    @Test
    void shouldMakeOnePageForTwoFaultsHoweverTheyArePreempted() {
        for (int step = 0; step < 6; step++) {
            use(new OsUnderTest.Setup().cores(2).choices(Script.of("os.preempt#" + step + "=1")));
            long va = map(1);
            start(new PageFault(mm, va, Access.WRITE).call());
            start(new PageFault(mm, va, Access.WRITE).call());
            system.kernel().runUntilQuiet();

            assertEquals(1, pagesMapped(), "preempted behind step " + step);
        }
    }

    @Test
    void shouldShowNothingOfTheFramesFormerContents() {
        long va = map(1);
        system.memory().writeLong(touch(va).physical(), 0x5EC2E7);
        long frame = mm.physical(va);
        system.finish(mm.unmap(va, PAGE));

        long again = map(1);
        touch(again);

        assertEquals(frame, mm.physical(again));
        assertEquals(0, system.memory().readLong(frame));
    }

    @Test
    void shouldWaitForFaultThatHasTheLock() {
        long va = map(1);
        start(new PageFault(mm, va, Access.WRITE).call());
        system.runToStep("handle_mm_fault/allocate page");
        start(mm.unmap(va, PAGE));
        system.kernel().runUntilQuiet();

        assertEquals(PageTables.ABSENT, mm.physical(va));
        system.recorder().assertOrder("handle_mm_fault/set PTE", "do_vmi_align_munmap/unmap_vmas");
        assertFalse(fault(va, Access.READ).isResolved());
    }

    @Test
    void shouldMapDeviceMemoryAtItsOffset() {
        var file = system.os().files().create(system.device("dev0"), mm, anyTask());
        file.get("fd");
        Mmap mmap = mm.mapDevice(file, 0xE000_0000L, 4 * PAGE, READ_WRITE);
        system.finish(mmap.call());
        system.finish(mm.unmap(mmap.start(), 2 * PAGE));
        long frames = system.frames().allocated();

        assertEquals(0xE000_3008L, touch(mmap.start() + 3 * PAGE + 8).physical());
        assertTrue(system.frames().allocated() - frames <= 3, "tables only");
        system.finish(mm.unmap(mmap.start() + 2 * PAGE, 2 * PAGE));
        assertEquals(PageTables.ABSENT, mm.physical(mmap.start() + 3 * PAGE));
    }

    private Task anyTask() {
        return system.platform().scheduler().task("opener", Priority.USER);
    }

    @Test
    void shouldTakeUnmappedPageFromEveryCore() {
        long va = map(1);
        for (int core = 0; core < 4; core++) {
            system.cores().get(core).loadSpace(mm.id());
            system.cores().get(core).tlb().fill(va, touchOnce(va), READ_WRITE);
        }

        system.finish(mm.unmap(va, PAGE));

        for (int core = 0; core < 4; core++) {
            assertEquals(Tlb.MISS, system.cores().get(core).tlb().lookup(va, Access.READ));
        }
    }

    private long touchOnce(long va) {
        return mm.physical(va) == PageTables.ABSENT ? touch(va).physical() : mm.physical(va);
    }

    @Test
    void shouldFreePageOnlyAfterTheLatestCoreHasAcknowledged() {
        use(new OsUnderTest.Setup().cores(4).choices(Script.of("cpu.ipi#1=2")));
        long va = map(1);
        long frame = touch(va).physical();
        for (int core = 0; core < 4; core++) {
            system.cores().get(core).loadSpace(mm.id());
            system.cores().get(core).tlb().fill(va, frame, READ_WRITE);
        }
        long begin = system.kernel().nowPs();

        system.finish(mm.unmap(va, PAGE));

        int freed =
                system.recorder()
                        .indexOf(seen -> seen.kind() == Kind.FRAME_FREED && seen.a() == frame);
        assertTrue(system.recorder().all().get(freed).timePs() - begin > 20_000_000L);
    }

    @Test
    void shouldNotDisturbCoresThatRunOtherAddressSpaces() {
        long va = map(1);
        touch(va);
        for (int core = 0; core < 4; core++) {
            system.cores().get(core).loadSpace(99);
            system.cores().get(core).tlb().fill(va, 0x7000, READ_WRITE);
        }

        system.finish(mm.unmap(va, PAGE));

        for (int core = 0; core < 4; core++) {
            assertEquals(0x7000, system.cores().get(core).tlb().lookup(va, Access.READ));
        }
    }

    @Test
    void shouldTellNotifiersTheRangeUpTo33PagesAndAllBeyond() {
        Notes notes = notifier();
        long va = map(80);
        system.finish(mm.unmap(va, 33 * PAGE));
        system.finish(mm.unmap(va + 33 * PAGE, 34 * PAGE));
        system.finish(mm.protect(va + 70 * PAGE, PAGE, Access.READ));

        assertEquals(List.of("33 pages", "all", "1 pages"), notes.calls);
    }

    @Test
    void shouldTellEveryNotifierInOrderOfRegistration() {
        Notes first = notifier();
        Notes second = notifier();
        system.finish(mm.unmap(map(1), PAGE));

        assertEquals(first.calls, second.calls);
        assertEquals(2, system.recorder().of(Kind.RANGE_INVALIDATE).size());
        assertEquals(1, system.recorder().of(Kind.RANGE_INVALIDATED).size());
    }

    /** S44. */
    @Test
    void shouldTellNotifiersOfEachPageHoweverManyWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S44));
        Notes notes = notifier();
        system.finish(mm.unmap(map(80), 80 * PAGE));

        assertEquals(List.of("80 pages"), notes.calls);
    }

    /** S70: the pages are freed meanwhile. */
    @Test
    void shouldTellTheSecondNotifierLaterWithDefect() {
        use(new OsUnderTest.Setup().cores(1).defect(Defect.S70));
        Notes first = notifier();
        Notes second = notifier();
        system.finish(mm.unmap(map(1), PAGE));
        system.kernel().runUntilQuiet();

        assertEquals(List.of("1 pages"), first.calls);
        assertEquals(List.of("1 pages"), second.calls);
        assertEquals(1, system.recorder().of(Kind.RANGE_INVALIDATE).size());
        assertTrue(
                system.recorder().indexOf(Kind.RANGE_INVALIDATED)
                        < system.recorder().indexOfStep("process_one_work/work"));
    }

    @Test
    void shouldNotTellNotifiersWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.I_02));
        Notes notes = notifier();
        system.finish(mm.unmap(map(1), PAGE));

        assertEquals(List.of(), notes.calls);
        assertEquals(1, system.recorder().of(Kind.RANGE_INVALIDATED).size());
    }

    @Test
    void shouldReleaseNotifiersOnceAndAnnounceNoRangeAfterwards() {
        Notes notes = notifier();
        touch(map(3));

        system.finish(mm.putUsers(user));

        assertEquals(List.of("release"), notes.calls);
        assertFalse(mm.isRegistered(notes));
        system.recorder()
                .assertOrder(
                        "exit_mmap/mmu_notifier_release",
                        "exit_mmap/synchronize_srcu",
                        "exit_mmap/unmap_vmas",
                        "exit_mmap/tlb_finish_mmu",
                        "exit_mmap/free pages");
    }

    @Test
    void shouldKeepStructForRegisteredNotifier() {
        Notes notes = notifier();
        assertEquals(2, mm.count());
        system.finish(mm.putUsers(user));
        assertEquals(Mm.Life.EMPTY, mm.life());

        mm.putNotifier(notes);
        assertEquals(Mm.Life.EMPTY, mm.life());
        system.kernel().runUntilQuiet();
        assertEquals(Mm.Life.FREED, mm.life());
    }

    @Test
    void shouldEndNotifierAtOnceWhenUnregistered() {
        Notes notes = notifier();

        system.finish(mm.unregister(notes));

        assertEquals(1, mm.count());
        system.finish(mm.putUsers(user));
        assertEquals(List.of(), notes.calls);
    }

    @Test
    void shouldTellThoseWhoLiveAsLongAsContentsAndStruct() {
        List<String> told = new ArrayList<>();
        Node keeper = system.platform().references().node("keeper");
        mm.grab(keeper);
        mm.atEnd(
                new MmEnd() {
                    @Override
                    public void contentsGone(Mm gone) {
                        told.add("contents " + gone.life());
                    }

                    @Override
                    public void structGone(Mm gone) {
                        told.add("struct " + gone.count());
                    }
                });

        system.finish(mm.putUsers(user));
        assertEquals(List.of("contents EMPTY"), told);
        system.finish(mm.drop(keeper));
        assertEquals(List.of("contents EMPTY", "struct 0"), told);
    }

    @Test
    void shouldUnmapSeveralMappingsAndGapsAtOnce() {
        long high = map(2);
        long low = map(2);
        touch(high);
        touch(low);
        assertEquals(low + 2 * PAGE, high);
        system.finish(mm.unmap(low + PAGE, PAGE));

        system.finish(mm.unmap(low, 4 * PAGE));

        assertEquals(PageTables.ABSENT, mm.physical(low));
        assertEquals(PageTables.ABSENT, mm.physical(high));
        assertEquals(high, map(2));
    }

    @Test
    void shouldFreeNothingTwiceWhenUnmappedTwice() {
        long va = map(2);
        long frame = touch(va).physical() & -PAGE;
        system.finish(mm.unmap(va, 2 * PAGE));
        system.finish(mm.unmap(va, 2 * PAGE));

        assertEquals(
                1,
                system.recorder().of(Kind.FRAME_FREED).stream()
                        .filter(seen -> seen.a() == frame)
                        .count());
    }

    @Test
    void shouldProtectPartOfMappingOnly() {
        long va = map(3);
        for (int page = 0; page < 3; page++) {
            touch(va + page * PAGE);
        }
        system.finish(mm.protect(va + PAGE, PAGE, Access.READ));

        assertFalse(touch(va).failed());
        assertTrue(touch(va + PAGE).failed());
        assertFalse(touch(va + 2 * PAGE).failed());
    }

    @Test
    void shouldCountUsersAndHoldersByThemselves() {
        Node other = system.platform().references().node("other");
        assertTrue(mm.getUsersUnlessZero(other));
        mm.grab(other);
        assertEquals(2, mm.users());
        assertEquals(2, mm.count());

        system.finish(mm.putUsers(user));
        assertEquals(Mm.Life.ALIVE, mm.life());
        system.finish(mm.putUsers(other));
        assertEquals(Mm.Life.EMPTY, mm.life());
        assertEquals(1, mm.count());
        assertNotEquals(0, mm.root());
    }
}
