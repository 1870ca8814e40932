package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.os.OsUnderTest;
import svasim.os.file.OpenFile;
import svasim.os.task.Priority;
import svasim.paging.Access;

/** Mappings of device memory that move or go, and what their driver is told of it. */
class DeviceMappingTest {
    private static final long PAGE = 4096;
    private static final long PHYSICAL = 0xE000_0000L;

    private final OsUnderTest system = OsUnderTest.plain();
    private final Driver driver = new Driver();
    private Mm mm;
    private OpenFile file;
    private long start;

    /** Counts how often its mappings close. */
    private static final class Driver implements VmaOperations {
        private boolean movable = true;
        private int closed;

        @Override
        public boolean mayMove() {
            return movable;
        }

        @Override
        public void close() {
            closed++;
        }
    }

    @BeforeEach
    void mapDevice() {
        mm = system.os().spaces().create("mm");
        mm.getUsers(system.platform().references().node("user"));
        var opener = system.platform().scheduler().task("opener", Priority.USER);
        file = system.os().files().create(system.device("dev0"), mm, opener);
        file.get("fd");
        Mmap mmap = mm.mapDevice(file, PHYSICAL, 2 * PAGE, driver);
        system.finish(mmap.call());
        start = mmap.start();
    }

    private Mremap move(long bytes) {
        Mremap mremap = new Mremap(mm, start, 2 * PAGE, bytes);
        system.finish(mremap.call());
        return mremap;
    }

    private long touch(long va) {
        UserAccess access = new UserAccess(mm, va, Access.WRITE);
        system.finish(access.call());
        return access.physical();
    }

    @Test
    void shouldReachDeviceAtTheNewPlaceAndNotAtTheOldOne() {
        touch(start);

        Mremap moved = move(2 * PAGE);

        assertNull(moved.refusal());
        assertNotEquals(start, moved.start());
        assertEquals(PHYSICAL + PAGE + 8, touch(moved.start() + PAGE + 8));
        assertEquals(UserAccess.NOT_THERE, touch(start));
    }

    @Test
    void shouldCloseTheOldMappingWhenItMovesAndTheNewOneWhenItGoes() {
        Mremap moved = move(2 * PAGE);
        assertEquals(1, driver.closed);

        system.finish(mm.unmap(moved.start(), 2 * PAGE));
        assertEquals(2, driver.closed);
    }

    @Test
    void shouldCloseOnceWhenTheMappingNeverMoved() {
        system.finish(mm.protect(start, 2 * PAGE, Access.READ));
        system.finish(mm.unmap(start, 2 * PAGE));

        assertEquals(1, driver.closed);
    }

    @Test
    void shouldLeaveTheMappingWhereItsDriverWantsIt() {
        driver.movable = false;

        assertNotNull(move(2 * PAGE).refusal());
        assertEquals(0, driver.closed);
        assertEquals(PHYSICAL, touch(start));
    }

    @Test
    void shouldNotLetMemoryOfADeviceGrow() {
        assertTrue(move(3 * PAGE).refusal().contains("does not grow"));
        assertEquals(PHYSICAL, touch(start));
    }

    @Test
    void shouldHoldTheFileOnceWhereverItIsMapped() {
        int before = file.referenceCount();

        move(2 * PAGE);

        assertEquals(before, file.referenceCount());
    }
}
