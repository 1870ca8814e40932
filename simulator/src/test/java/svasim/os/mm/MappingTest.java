package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.os.task.Priority;
import svasim.paging.Access;
import svasim.trace.Kind;

/** Mappings, demand paging, protection, and the order in which pages go. */
class MappingTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private OsUnderTest system;
    private Mm mm;
    private Node user;

    @BeforeEach
    void makeAddressSpace() {
        use(newSystem());
    }

    /** A system on the cores that are tested. */
    OsUnderTest newSystem() {
        return OsUnderTest.plain();
    }

    private void use(OsUnderTest newSystem) {
        system = newSystem;
        mm = system.os().spaces().create("mm");
        user = system.platform().references().node("user");
        mm.getUsers(user);
    }

    private void run(Call<?> call) {
        system.platform().scheduler().start("test", Priority.KERNEL, call);
        system.kernel().runUntilQuiet();
    }

    private long map(long bytes) {
        Mmap mmap = mm.mapAnonymous(bytes, READ_WRITE);
        run(mmap.call());
        return mmap.start();
    }

    private UserAccess access(long va, int access) {
        UserAccess done = new UserAccess(mm, va, access);
        run(done.call());
        return done;
    }

    @Test
    void shouldHaveNoPageBeforeFirstTouch() {
        long start = map(8192);

        assertEquals(PageTables.ABSENT, mm.physical(start));
    }

    @Test
    void shouldPageInOnDemand() {
        long start = map(8192);

        UserAccess done = access(start + 0x123, Access.WRITE);

        assertEquals(0x123, done.physical() & 0xFFF);
        assertEquals(done.physical(), mm.physical(start + 0x123));
        assertEquals(FrameUse.PAGE, system.frames().use(done.physical()));
        assertEquals(PageTables.ABSENT, mm.physical(start + 4096));
    }

    @Test
    void shouldServeSecondAccessFromTlb() {
        long start = map(4096);
        access(start, Access.WRITE);
        int faults = system.recorder().of(Kind.CPU_FAULT).size();

        access(start + 8, Access.WRITE);

        assertEquals(faults, system.recorder().of(Kind.CPU_FAULT).size());
    }

    @Test
    void shouldFailOutsideOfMappings() {
        assertTrue(access(0x1000, Access.READ).failed());
    }

    @Test
    void shouldFailWriteToReadOnlyPage() {
        long start = map(4096);
        access(start, Access.WRITE);
        run(mm.protect(start, 4096, Access.READ));

        assertTrue(access(start, Access.WRITE).failed());
        assertFalse(access(start, Access.READ).failed());
    }

    @Test
    void shouldKeepContentsWhenPermissionComesBack() {
        long start = map(4096);
        system.memory().writeLong(access(start, Access.WRITE).physical(), 0x1234);
        run(mm.protect(start, 4096, Access.READ));
        run(mm.protect(start, 4096, READ_WRITE));

        assertEquals(0x1234, system.memory().readLong(access(start, Access.WRITE).physical()));
    }

    @Test
    void shouldPlaceMappingsBelowEachOther() {
        long first = map(4096);
        long second = map(4096);

        assertEquals(first - 4096, second);
    }

    @Test
    void shouldUseGapAgain() {
        long first = map(4096);
        map(4096);
        run(mm.unmap(first, 4096));

        assertEquals(first, map(4096));
    }

    @Test
    void shouldUnmapMiddleOfMapping() {
        long start = map(3 * 4096);
        for (int page = 0; page < 3; page++) {
            access(start + page * 4096L, Access.WRITE);
        }

        run(mm.unmap(start + 4096, 4096));

        assertNotEquals(PageTables.ABSENT, mm.physical(start));
        assertEquals(PageTables.ABSENT, mm.physical(start + 4096));
        assertNotEquals(PageTables.ABSENT, mm.physical(start + 8192));
        assertTrue(access(start + 4096, Access.READ).failed());
    }

    @Test
    void shouldFreePageOnlyAfterInvalidationReturned() {
        long start = map(4096);
        access(start, Access.WRITE);
        long frame = mm.physical(start);

        run(mm.unmap(start, 4096));

        var recorder = system.recorder();
        int unmapped = recorder.indexOf(Kind.PAGE_UNMAPPED);
        int invalidated = recorder.indexOf(Kind.RANGE_INVALIDATED);
        int freed = recorder.indexOf(seen -> seen.kind() == Kind.FRAME_FREED && seen.a() == frame);
        assertTrue(unmapped < invalidated && invalidated < freed);
    }

    @Test
    void shouldFreePageTooEarlyWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.I_55).build());
        long start = map(4096);
        access(start, Access.WRITE);
        long frame = mm.physical(start);

        run(mm.unmap(start, 4096));

        var recorder = system.recorder();
        int freed = recorder.indexOf(seen -> seen.kind() == Kind.FRAME_FREED && seen.a() == frame);
        assertTrue(freed < recorder.indexOf(Kind.RANGE_INVALIDATED));
    }

    @Test
    void shouldFreeTablesAndPagesWithLastUserAndTopTableWithStruct() {
        long before = system.frames().allocated() - 1;
        Node keeper = system.platform().references().node("keeper");
        long start = map(4096);
        access(start, Access.WRITE);
        mm.grab(keeper);

        run(mm.putUsers(user));
        assertEquals(before + 1, system.frames().allocated());
        run(mm.drop(keeper));

        assertEquals(before, system.frames().allocated());
        assertEquals(Mm.Life.FREED, mm.life());
    }

    @Test
    void shouldReadAbsentPagesAsZero() {
        long start = map(8192);
        system.memory().writeByte(access(start + 4095, Access.WRITE).physical(), (byte) 7);

        assertArrayEquals(new byte[] {7, 0}, mm.read(start + 4095, 2));
    }

    @Test
    void shouldRefuseUserOfDyingAddressSpace() {
        run(mm.putUsers(user));

        assertFalse(mm.getUsersUnlessZero(user));
    }
}
