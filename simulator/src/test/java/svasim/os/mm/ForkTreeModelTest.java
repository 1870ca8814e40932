package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import svasim.cpu.Architecture;
import svasim.memory.FrameUse;
import svasim.os.OsUnderTest;
import svasim.os.reference.Node;
import svasim.paging.Access;
import svasim.units.ByteSize;

/**
 * Families of address spaces that fork, write, unmap, move, page out, migrate and end in any order,
 * against a model that keeps a plain byte for each page of each of them. Afterwards every reference
 * to a page is accounted for, and at the end no frame is left.
 */
class ForkTreeModelTest {
    private static final long PAGE = 4096;
    private static final int PAGES = 6;
    private static final int MOST_LIVING = 4;
    private static final int READ_WRITE = Access.READ | Access.WRITE;

    /** Enough for two families, so that reclaim and the swap device get their share. */
    private static final ByteSize LIMIT = new ByteSize(20 * PAGE);

    private OsUnderTest system;
    private Node user;
    private final List<Living> living = new ArrayList<>();

    /** Contents of the file that all share, by page. */
    private final byte[] shared = new byte[PAGES];

    private enum Verb {
        WRITE,
        WRITE_AGAIN,
        READ,
        FORK,
        FORK_AGAIN,
        END,
        DISCARD,
        LAZY_FREE,
        PAGE_OUT,
        MIGRATE,
        HINT,
        PROTECT,
        MOVE,
        PIN,
        UNPIN,
        UNMAP,
        WRITE_SHARED,
        WRITE_PRIVATE_FILE
    }

    private record Action(Verb verb, int who, int page, byte value) {}

    /** An address space and what it should contain. */
    private static final class Living {
        private final Mm mm;
        private final Map<Integer, Byte> pages = new TreeMap<>();
        private final Map<Integer, Byte> privateFile = new TreeMap<>();
        private final List<Pin> pins = new ArrayList<>();
        private long anonymous;
        private long file;
        private long sharedFile;

        Living(Mm mm) {
            this.mm = mm;
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Verb.class),
                        Arbitraries.integers().between(0, 9),
                        Arbitraries.integers().between(0, PAGES - 1),
                        Arbitraries.bytes())
                .as(Action::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 60, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepContentsOfEachApart(@ForAll("actions") List<Action> actions) {
        run(actions, new OsUnderTest.Setup());
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepContentsWhenMemoryIsShort(@ForAll("actions") List<Action> actions) {
        MmConfig config = new MmConfig(LIMIT, null, null, null, null, null, null);
        run(actions, new OsUnderTest.Setup().memory(config));
    }

    @Property(tries = 25, edgeCases = EdgeCasesMode.NONE)
    void shouldKeepContentsOnArm(@ForAll("actions") List<Action> actions) {
        run(actions, new OsUnderTest.Setup().architecture(Architecture.AARCH64));
    }

    private void run(List<Action> actions, OsUnderTest.Setup setup) {
        begin(setup);
        long atStart = system.frames().allocated();
        add(first());
        for (Action action : actions) {
            if (!living.isEmpty()) {
                apply(action, living.get(action.who() % living.size()));
            }
            living.forEach(this::compare);
            assertReferences();
        }
        while (!living.isEmpty()) {
            end(living.get(0));
        }
        assertEquals(cachedPages(), system.os().spaces().memory().pagesInUse());
        assertEquals(0, system.os().spaces().memory().swapInUse());
        assertEquals(atStart + cachedPages(), system.frames().allocated());
    }

    private int cachedPages() {
        Memory memory = system.os().spaces().memory();
        return memory.file("data").cachedPages() + memory.file("shm").cachedPages();
    }

    private void begin(OsUnderTest.Setup setup) {
        system = setup.cores(2).build();
        user = system.platform().references().node("user");
        living.clear();
        Arrays.fill(shared, (byte) 0);
    }

    private Living first() {
        Mm mm = system.os().spaces().create("init");
        mm.getUsers(user);
        Memory memory = system.os().spaces().memory();
        Living made = new Living(mm);
        made.anonymous = map(mm, Content.ANONYMOUS);
        made.file = map(mm, Content.file(memory.file("data"), Set.of()));
        made.sharedFile = map(mm, Content.file(memory.file("shm"), Set.of(VmaFlag.SHARED)));
        return made;
    }

    private long map(Mm mm, Content content) {
        Mmap mmap = mm.map(content, PAGES * PAGE, READ_WRITE);
        system.finish(mmap.call());
        return mmap.start();
    }

    private void add(Living made) {
        living.add(made);
    }

    private void apply(Action action, Living who) {
        long va = who.anonymous + action.page() * PAGE;
        Mm mm = who.mm;
        switch (action.verb()) {
            case WRITE, WRITE_AGAIN -> {
                store(mm, va, action.value());
                who.pages.put(action.page(), action.value());
            }
            case READ -> system.finish(new UserAccess(mm, va, Access.READ).call());
            case FORK, FORK_AGAIN -> fork(who);
            case END -> end(who);
            case DISCARD -> {
                system.finish(mm.advise(va, PAGE, Advice.DONT_NEED));
                who.pages.remove(action.page());
            }
            case LAZY_FREE -> {
                system.finish(mm.advise(va, PAGE, Advice.FREE));
                store(mm, va, action.value());
                who.pages.put(action.page(), action.value());
            }
            case PAGE_OUT -> system.finish(mm.advise(who.anonymous, PAGES * PAGE, Advice.PAGE_OUT));
            case MIGRATE -> system.finish(new Migrate(mm, va, 2 * PAGE).call());
            case HINT -> system.finish(mm.scanForNuma(who.anonymous, PAGES * PAGE));
            case PROTECT -> {
                protect(who, Access.READ);
                protect(who, READ_WRITE);
            }
            case MOVE -> move(who);
            case PIN -> pin(who, va);
            case UNPIN -> {
                who.pins.forEach(pin -> system.finish(pin.unpin()));
                who.pins.clear();
            }
            case UNMAP -> {
                system.finish(mm.unmap(who.file, PAGES * PAGE));
                who.file = map(mm, Content.file(memory().file("data"), Set.of()));
                who.privateFile.clear();
            }
            case WRITE_SHARED -> {
                store(mm, who.sharedFile + action.page() * PAGE, action.value());
                shared[action.page()] = action.value();
            }
            default -> {
                store(mm, who.file + action.page() * PAGE, action.value());
                who.privateFile.put(action.page(), action.value());
            }
        }
    }

    private Memory memory() {
        return system.os().spaces().memory();
    }

    private void store(Mm mm, long va, byte value) {
        UserAccess access = new UserAccess(mm, va + 7, Access.WRITE);
        system.finish(access.call());
        assertFalse(access.failed());
        system.memory().writeByte(access.physical(), value);
    }

    private void fork(Living parent) {
        if (living.size() == MOST_LIVING) {
            return;
        }
        Mm child = system.os().spaces().create("child");
        child.getUsers(user);
        system.finish(new Fork(parent.mm, child).call());
        Living made = new Living(child);
        made.pages.putAll(parent.pages);
        made.privateFile.putAll(parent.privateFile);
        made.anonymous = parent.anonymous;
        made.file = parent.file;
        made.sharedFile = parent.sharedFile;
        add(made);
    }

    private void move(Living who) {
        Mremap mremap = new Mremap(who.mm, who.anonymous, PAGES * PAGE, PAGES * PAGE);
        system.finish(mremap.call());
        who.anonymous = mremap.start();
    }

    private void protect(Living who, int access) {
        system.finish(who.mm.protect(who.anonymous, PAGES * PAGE, access));
    }

    private void pin(Living who, long va) {
        if (who.pins.size() < 3) {
            Pin pin = new Pin(who.mm, va, PAGE, READ_WRITE);
            system.finish(pin.call());
            who.pins.add(pin);
        }
    }

    private void end(Living who) {
        living.remove(who);
        who.pins.forEach(pin -> system.finish(pin.unpin()));
        system.finish(who.mm.putUsers(user));
    }

    private void compare(Living who) {
        assertArrayEquals(expected(who.pages), seen(who.mm, who.anonymous), "anonymous");
        assertArrayEquals(expected(who.privateFile), seen(who.mm, who.file), "private file");
        assertArrayEquals(shared, seen(who.mm, who.sharedFile), "shared");
    }

    private static byte[] expected(Map<Integer, Byte> pages) {
        byte[] bytes = new byte[PAGES];
        pages.forEach((page, value) -> bytes[page] = value);
        return bytes;
    }

    private static byte[] seen(Mm mm, long start) {
        byte[] bytes = new byte[PAGES];
        for (int page = 0; page < PAGES; page++) {
            bytes[page] = mm.read(start + page * PAGE + 7, 1)[0];
        }
        return bytes;
    }

    /** Nothing is at work now, so that mappings, pins and caches explain every reference. */
    private void assertReferences() {
        for (Page page : memory().pages().oldestFirst()) {
            assertEquals(page.explained(), page.references(), page.toString());
            assertEquals(FrameUse.PAGE, system.frames().use(page.frame()));
            for (MappedAt place : page.mappings()) {
                assertEquals(page.frame(), place.mm().physical(place.va()));
            }
        }
    }
}
