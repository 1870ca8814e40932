package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.reference.Node;
import svasim.os.task.Priority;
import svasim.paging.Access;

/** What an address space is seen to contain does not depend on where its pages are just now. */
class SwapContentsTest {
    private static final int READ_WRITE = Access.READ | Access.WRITE;
    private static final byte VALUE = 0x5A;

    /** Between two looks. */
    private static final long STEP_PS = 100_000;

    @Test
    void shouldSeeContentsWhileThePageIsOnItsWay() {
        OsUnderTest system = OsUnderTest.plain();
        Mm mm = system.os().spaces().create("mm");
        Node user = system.platform().references().node("user");
        mm.getUsers(user);
        Mmap mmap = mm.mapAnonymous(PageTables.PAGE, READ_WRITE);
        system.finish(mmap.call());
        long va = mmap.start();
        UserAccess first = new UserAccess(mm, va, Access.WRITE);
        system.finish(first.call());
        system.memory().writeByte(first.physical(), VALUE);

        system.platform()
                .scheduler()
                .start("out", Priority.KERNEL, mm.advise(va, PageTables.PAGE, Advice.PAGE_OUT));
        assertEquals(VALUE, seenUntilQuiet(system, mm, va));
        assertEquals(PageTables.ABSENT, mm.physical(va));

        UserAccess back = new UserAccess(mm, va, Access.READ);
        system.platform().scheduler().start("in", Priority.KERNEL, back.call());
        assertEquals(VALUE, seenUntilQuiet(system, mm, va));
        assertNotEquals(PageTables.ABSENT, mm.physical(va));
    }

    /** Looks again and again; the last value, or the first one that differs. */
    private static byte seenUntilQuiet(OsUnderTest system, Mm mm, long va) {
        byte seen = mm.read(va, 1)[0];
        while (seen == VALUE && system.kernel().eventsPending() > 0) {
            system.runFor(STEP_PS);
            seen = mm.read(va, 1)[0];
        }
        return seen;
    }
}
