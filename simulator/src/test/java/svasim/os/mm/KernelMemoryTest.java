package svasim.os.mm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import svasim.cpu.Architecture;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.os.OsUnderTest;
import svasim.os.defect.Defect;
import svasim.os.procedure.Call;
import svasim.os.reference.Node;
import svasim.paging.Access;
import svasim.paging.TableWalk;
import svasim.paging.Walk;
import svasim.paging.Walks;
import svasim.trace.Kind;

/** Memory of the kernel, its tables in those of processes, and when such a table is freed. */
class KernelMemoryTest {
    private static final long PAGE = 4096;
    private static final long HUGE = 2L << 20;
    private static final int KERNEL_READ = Access.READ | Access.PRIVILEGED;

    private OsUnderTest system;
    private KernelMemory kernel;
    private Mm mm;

    /** A notifier that keeps the use of a frame at the time of each of its calls. */
    private final class Witness implements MmuNotifier {
        private final Node node = system.platform().references().node("witness");
        private final long frame;
        private final List<FrameUse> seen = new ArrayList<>();

        Witness(long frame) {
            this.frame = frame;
        }

        @Override
        public Node node() {
            return node;
        }

        @Override
        public Call<?> release() {
            return Call.nothing();
        }

        @Override
        public Call<?> invalidate(long start, long end) {
            assertEquals(-1, end, "everything");
            seen.add(system.frames().use(frame));
            return Call.nothing();
        }
    }

    @BeforeEach
    void plain() {
        use(new OsUnderTest.Setup());
    }

    private void use(OsUnderTest.Setup setup) {
        system = setup.build();
        kernel = system.os().spaces().memory().kernel();
        mm = create("mm");
    }

    private Mm create(String name) {
        Mm made = system.os().spaces().create(name);
        made.getUsers(system.platform().references().node("user of " + name));
        return made;
    }

    private KernelArea vmalloc(String name, long bytes) {
        system.finish(kernel.vmalloc(name, bytes));
        return kernel.area(name);
    }

    /** What the tables of an address space give to an access, or -1. */
    private long walk(Mm space, long va, int access) {
        TableWalk walk = new TableWalk();
        Architecture cores = system.cores().config().architecture();
        walk.start(va, access, ProcessStage.of(cores, space.root()), null);
        boolean done = Walks.runAtOnce(walk, system.memory()) == Walk.Step.DONE;
        return done ? walk.output() : -1;
    }

    /** The table of small pages that a walk for the address reads last. */
    private long tableOf(long va) {
        TableWalk walk = new TableWalk();
        walk.start(va, KERNEL_READ, ProcessStage.of(Architecture.X86_64, mm.root()), null);
        Walks.runAtOnce(walk, system.memory());
        return walk.table(1);
    }

    @Test
    void shouldBeReachedThroughTablesOfOldAndNewProcessesByTheKernelOnly() {
        KernelArea area = vmalloc("area", 2 * PAGE);
        Mm later = create("later");

        for (Mm space : List.of(mm, later)) {
            long frame = area.frames().get(1);
            assertEquals(frame, walk(space, area.start() + PAGE, KERNEL_READ), space.name());
            assertEquals(-1, walk(space, area.start() + PAGE, Access.READ), space.name());
        }
    }

    @Test
    void shouldTellProcessesOfATopEntryThatComesLater() {
        KernelArea first = vmalloc("first", PAGE);
        Mm born = create("born");
        KernelArea second = vmalloc("second", 2 * HUGE);

        assertEquals(0, second.start() % HUGE);
        assertTrue(second.start() > first.start());
        long va = second.start() + HUGE + 5;
        assertEquals(second.frames().get(512) + 5, walk(born, va, KERNEL_READ));
    }

    @Test
    void shouldNotBeInTablesOfProcessesOnArm() {
        use(new OsUnderTest.Setup().architecture(Architecture.AARCH64));
        KernelArea area = vmalloc("area", PAGE);

        for (long at = 0; at < PhysicalMemory.FRAME_BYTES; at += Long.BYTES) {
            assertEquals(0, system.memory().readLong(mm.root() + at));
        }
        assertNotEquals(0, area.start());
    }

    @Test
    void shouldGiveMemoryBackAndUseAddressesAgain() {
        KernelArea area = vmalloc("area", PAGE);
        KernelArea neighbour = vmalloc("neighbour", PAGE);
        assertTrue(neighbour.start() > area.end(), "a page stays unmapped between");

        system.finish(kernel.vfree("area"));

        assertNull(kernel.area("area"));
        assertFalse(kernel.isNamed("area"));
        assertEquals(FrameUse.FREE, system.frames().use(area.frames().get(0)));
        assertEquals(-1, walk(mm, area.start(), KERNEL_READ));
        assertEquals(area.start(), vmalloc("again", PAGE).start());
    }

    private Witness replaceTable() {
        KernelArea small = vmalloc("small", PAGE);
        Witness witness = new Witness(tableOf(small.start()));
        assertEquals(FrameUse.PAGE_TABLE, system.frames().use(witness.frame));
        mm.register(witness);
        system.finish(kernel.vfree("small"));
        assertEquals(small.start(), vmalloc("large", HUGE).start());
        system.kernel().runUntilQuiet();
        assertEquals(FrameUse.FREE, system.frames().use(witness.frame));
        return witness;
    }

    @Test
    void shouldFreeAReplacedTableOnlyAfterEveryBoundSpaceHasForgottenIt() {
        Witness witness = replaceTable();

        assertEquals(List.of(FrameUse.PAGE_TABLE), witness.seen);
        assertEquals(
                1, system.recorder().of(Kind.RANGE_INVALIDATED).size(), "unbound are not told");
    }

    /** S33. */
    @Test
    void shouldFreeAReplacedTableAtOnceWithDefect() {
        use(new OsUnderTest.Setup().defect(Defect.S33));

        assertEquals(List.of(), replaceTable().seen);
    }

    @Test
    void shouldForgetAProcessThatIsGone() {
        Node holder = system.platform().references().node("holder");
        Mm gone = system.os().spaces().create("gone");
        gone.getUsers(holder);
        system.finish(gone.putUsers(holder));
        assertEquals(Mm.Life.FREED, gone.life());

        vmalloc("area", PAGE);

        assertEquals(List.of(mm), kernel.tables().spaces());
        assertEquals(0, system.memory().readLong(gone.root() + 402 * Long.BYTES));
    }
}
