package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import svasim.os.OsUnderTest;
import svasim.paging.Access;

/**
 * An address space that is used from all cores in turn, with their TLBs, against a model that knows
 * for each page what is permitted and what was written last.
 */
class MmModelTest {
    private static final long PAGE = 4096;
    private static final int PAGES = 8;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    private final TreeMap<Integer, Page> model = new TreeMap<>();
    private OsUnderTest system;
    private Mm mm;
    private long base;

    private enum Verb {
        READ,
        WRITE,
        UNMAP,
        READ_ONLY,
        WRITABLE,
        FORBID
    }

    private record Action(Verb verb, int first, int count) {}

    private record Page(int access, long value) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.integers().between(0, PAGES - 1),
                        Arbitraries.integers().between(1, 4))
                .as(Action::new)
                .list()
                .ofMaxSize(40);
    }

    @Property(tries = 150)
    void shouldGiveEveryCoreWhatWasMappedAndWrittenLast(@ForAll("actions") List<Action> actions) {
        begin();
        long stamp = 1;
        for (Action action : actions) {
            int end = Math.min(PAGES, action.first() + action.count());
            for (int page = action.first(); page < end; page++) {
                apply(action.verb(), page, stamp++);
            }
        }
        for (int page = 0; page < PAGES; page++) {
            apply(Verb.READ, page, 0);
        }
    }

    private void begin() {
        system = new OsUnderTest.Setup().cores(3).build();
        mm = system.os().spaces().create("mm");
        mm.getUsers(system.platform().references().node("user"));
        Mmap mmap = mm.mapAnonymous(PAGES * PAGE, READ_WRITE);
        system.finish(mmap.call());
        base = mmap.start();
        model.clear();
        for (int page = 0; page < PAGES; page++) {
            model.put(page, new Page(READ_WRITE, 0));
        }
    }

    private void apply(Verb verb, int page, long stamp) {
        long va = base + page * PAGE;
        switch (verb) {
            case READ -> read(va, page);
            case WRITE -> write(va, page, stamp);
            case UNMAP -> {
                system.finish(mm.unmap(va, PAGE));
                model.remove(page);
            }
            case READ_ONLY -> protect(va, page, Access.READ);
            case WRITABLE -> protect(va, page, READ_WRITE);
            default -> protect(va, page, 0);
        }
    }

    private void read(long va, int page) {
        UserAccess access = access(va, Access.READ);
        Page expected = model.get(page);
        boolean permitted = expected != null && (expected.access() & Access.READ) != 0;
        assertEquals(permitted, !access.failed());
        if (permitted) {
            assertEquals(expected.value(), system.memory().readLong(access.physical()));
            assertEquals(mm.physical(va), access.physical());
        }
    }

    private void write(long va, int page, long stamp) {
        UserAccess access = access(va, Access.WRITE);
        Page expected = model.get(page);
        boolean permitted = expected != null && (expected.access() & Access.WRITE) != 0;
        assertEquals(permitted, !access.failed());
        if (permitted) {
            system.memory().writeLong(access.physical(), stamp);
            model.put(page, new Page(expected.access(), stamp));
        }
    }

    private void protect(long va, int page, int access) {
        system.finish(mm.protect(va, PAGE, access));
        model.computeIfPresent(page, (p, before) -> new Page(access, before.value()));
    }

    private UserAccess access(long va, int access) {
        UserAccess done = new UserAccess(mm, va, access);
        system.finish(done.call());
        return done;
    }
}
