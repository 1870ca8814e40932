package svasim.os.mm;

import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.task.Platform;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/** The page tables of an address space, in real frames and the format of the cores. */
public final class PageTables {
    /** Stands for "no page" where a physical address is given. */
    public static final long ABSENT = -1L;

    /** Bytes of a page. */
    public static final long PAGE = 4096;

    private static final int PAGE_SHIFT = 12;

    /** User space: the lower half of 48 bits, on Arm too, where it could be larger. */
    private static final long USER_BYTES = 1L << 47;

    private final int owner;
    private final Platform platform;
    private final Stage stage;
    private final TableWalk walk = new TableWalk();

    /** Looks at the tables without a core: takes no time and changes nothing. */
    private final PageTableEditor inspector;

    /** Is shown a page that was unmapped. */
    @FunctionalInterface
    interface Unmapped {
        void page(long va, long frame);
    }

    PageTables(int owner, Platform platform) {
        this.owner = owner;
        this.platform = platform;
        long root = platform.frames().allocate(FrameUse.PAGE_TABLE, owner);
        this.stage = ProcessStage.of(platform.cores().config().architecture(), root);
        this.inspector = new PageTableEditor(stage, new InspectedTables(platform.memory()));
    }

    long root() {
        return stage.root();
    }

    /** Maps one page, with tables as needed. */
    void map(Cpu cpu, long va, long frame, int access) {
        editor(cpu).map(va, frame, PAGE_SHIFT, inTables(access));
    }

    /** Clears the entries of a range. */
    void unmap(Cpu cpu, long start, long end, Unmapped visitor) {
        editor(cpu)
                .unmap(
                        start,
                        end - start,
                        (input, output, shift, entry) -> visitor.page(input, output));
    }

    /** Changes what the present pages of a range permit. */
    void protect(Cpu cpu, long start, long end, int access) {
        editor(cpu).protect(start, end - start, inTables(access), LeafVisitor.NONE);
    }

    /**
     * Walks for a core, which sets accessed and dirty.
     *
     * @return physical address of the byte, {@link #ABSENT} if the access is not permitted
     */
    long access(Cpu cpu, long va, int access) {
        walk.start(va, access, stage, null);
        Walk.Step step = walk.next();
        while (step == Walk.Step.READ || step == Walk.Step.UPDATE) {
            if (step == Walk.Step.READ) {
                walk.data(cpu.load(walk.address()), 0);
            } else {
                long at = walk.address();
                walk.updated(cpu.compareAndSwap(at, walk.expected(), walk.replacement()));
            }
            step = walk.next();
        }
        return step == Walk.Step.DONE ? walk.output() : ABSENT;
    }

    /** Whether a page is there and permits this. */
    boolean permits(long va, int access) {
        PageTableEditor.Leaf leaf = inspector.lookup(va);
        return leaf != null && (leaf.access() & access) == access;
    }

    /** Physical address of a byte, or {@link #ABSENT}. */
    long physical(long va) {
        PageTableEditor.Leaf leaf = inspector.lookup(va);
        return leaf == null ? ABSENT : leaf.output() + va - leaf.input();
    }

    /** Gathers every table but the top one; all pages have been unmapped. */
    void freeTables(Cpu cpu, Gather gather) {
        editor(cpu).unlinkEmptyTables(0, USER_BYTES, (table, bytes) -> gather.add(table));
    }

    /** Frees the top table. */
    void freeRoot() {
        platform.frames().free(root());
    }

    private PageTableEditor editor(Cpu cpu) {
        return new PageTableEditor(stage, new EditedTables(cpu, platform.frames(), owner));
    }

    /** A page that permits nothing stays present, for privileged software only (PROT_NONE). */
    private static int inTables(int access) {
        return access == 0 ? Access.PRIVILEGED : access;
    }
}
