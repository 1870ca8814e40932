package svasim.os.mm;

import svasim.cpu.Architecture;
import svasim.cpu.Cpu;
import svasim.memory.FrameUse;
import svasim.os.task.Platform;
import svasim.paging.Access;
import svasim.paging.LeafVisitor;
import svasim.paging.NoteVisitor;
import svasim.paging.PageTableEditor;
import svasim.paging.Stage;
import svasim.paging.StageFormat;
import svasim.paging.TableWalk;
import svasim.paging.Walk;

/** The page tables of an address space, in real frames and the format of the cores. */
public final class PageTables {
    /** Stands for "no page" where a physical address is given. */
    public static final long ABSENT = -1L;

    /** Bytes of a page. */
    public static final long PAGE = 4096;

    /** Bytes of a huge page. */
    static final long HUGE = 1L << 21;

    /** log2 of {@link #PAGE}. */
    static final int PAGE_SHIFT = 12;

    private static final int HUGE_SHIFT = 21;

    /** User space: the lower half of 48 bits, on Arm too, where it could be larger. */
    private static final long USER_BYTES = 1L << 47;

    private final int owner;
    private final Platform platform;
    private final boolean arm;
    private final Stage stage;
    private final TableWalk walk;

    /** Looks at the tables without a core: takes no time and changes nothing. */
    private final PageTableEditor inspector;

    /** Is shown a page of 4 KiB, or that part of a large one. */
    @FunctionalInterface
    interface PageVisitor {
        void page(long va, long frame);
    }

    /**
     * @param walk for accesses of cores; all address spaces may use the same
     */
    PageTables(int owner, TableWalk walk, Platform platform) {
        this.walk = walk;
        this.owner = owner;
        this.platform = platform;
        long root = platform.frames().allocate(FrameUse.PAGE_TABLE, owner);
        Architecture architecture = platform.cores().config().architecture();
        this.arm = architecture == Architecture.AARCH64;
        this.stage = ProcessStage.of(architecture, root);
        this.inspector = new PageTableEditor(stage, new InspectedTables(platform.cores()));
    }

    long root() {
        return stage.root();
    }

    /** Maps one page, with tables as needed. */
    void map(Cpu cpu, long va, long frame, int access) {
        editor(cpu).map(va, frame, PAGE_SHIFT, inTables(access));
    }

    /** Maps a page of 2 MiB where no table is. */
    void mapHuge(Cpu cpu, long va, long frame, int access) {
        editor(cpu).map(va, frame, HUGE_SHIFT, inTables(access));
    }

    /** Clears the entries of a range, notes included; which those were is told before. */
    void unmap(Cpu cpu, long start, long end, PageVisitor visitor, NoteVisitor notes) {
        PageTableEditor editor = editor(cpu);
        editor.visitNotes(start, end - start, notes);
        editor.visitNotes(start, end - start, (va, note) -> editor.note(va, StageFormat.EMPTY));
        editor.unmap(start, end - start, pieces(visitor));
    }

    /** Tells the pages and notes of a range. */
    void visit(long start, long end, PageVisitor visitor, NoteVisitor notes) {
        inspector.visitNotes(start, end - start, notes);
        inspector.visit(start, end - start, pieces(visitor));
    }

    private static LeafVisitor pieces(PageVisitor visitor) {
        return (input, output, shift, entry) -> {
            for (long done = 0; done < 1L << shift; done += PAGE) {
                visitor.page(input + done, output + done);
            }
        };
    }

    /** Writes a note where a page of 4 KiB, another note or nothing was. */
    void note(Cpu cpu, long va, Note note) {
        editor(cpu).note(va, note.entry());
    }

    /** What is noted for a page that is not there. */
    Note noteAt(long va) {
        return Note.of(inspector.noteAt(va & -PAGE));
    }

    /** Clears what is noted for a page, or a page of 4 KiB. */
    void clear(Cpu cpu, long va) {
        editor(cpu).note(va, StageFormat.EMPTY);
    }

    /** The page or huge page at an address, or null. */
    PageTableEditor.Leaf leaf(long va) {
        return inspector.lookup(va);
    }

    /** Whether the address lies inside of a huge page, not at its beginning. */
    boolean cutsHuge(long va) {
        PageTableEditor.Leaf leaf = leaf(va);
        return leaf != null && leaf.pageShift() == HUGE_SHIFT && leaf.input() != va;
    }

    /** Whether a huge page, or the table for one, can be mapped at an address. */
    boolean hasRoomForHuge(long va) {
        boolean[] found = new boolean[1];
        visit(va, va + HUGE, (at, frame) -> found[0] = true, (at, note) -> found[0] = true);
        return !found[0];
    }

    /** Whether there is a table of small pages for a range of 2 MiB. */
    boolean hasTable(long va) {
        return inspector.hasTable(va, HUGE_SHIFT);
    }

    /** Gathers the table of a range of 2 MiB that maps nothing. */
    void takeTable(Cpu cpu, long va, Gather gather) {
        editor(cpu).unlinkEmptyTables(va, HUGE, (table, bytes) -> gather.addTable(table));
    }

    /**
     * A page counts as not written; where hardware does not note stores, the next one faults. The
     * caller flushes.
     */
    void forgetStores(Cpu cpu, long va) {
        PageTableEditor.Leaf leaf = leaf(va);
        int access = arm ? leaf.access() & ~Access.WRITE : leaf.access();
        editor(cpu).renew(leaf.input(), 1L << leaf.pageShift(), access, LeafVisitor.NONE);
    }

    /**
     * Whether a store may have gone through the page's entry; where hardware does not tell, a page
     * that may be written counts as written.
     */
    boolean isDirty(long va) {
        PageTableEditor.Leaf leaf = leaf(va);
        return leaf != null && (leaf.access() & Access.WRITE) != 0 && stage.isDirty(leaf.entry());
    }

    /** Changes what a page permits, be it small or huge. */
    void protectWhole(Cpu cpu, long va, int access) {
        PageTableEditor.Leaf leaf = leaf(va);
        protect(cpu, leaf.input(), leaf.input() + (1L << leaf.pageShift()), access);
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

    /** Whether a page is there and permits this to programs. */
    boolean permits(long va, int access) {
        PageTableEditor.Leaf leaf = inspector.lookup(va);
        int wanted = access | Access.PRIVILEGED;
        return leaf != null && (leaf.access() & wanted) == access;
    }

    /** Physical address of a byte, or {@link #ABSENT}. */
    long physical(long va) {
        PageTableEditor.Leaf leaf = inspector.lookup(va);
        return leaf == null ? ABSENT : leaf.output() + va - leaf.input();
    }

    /** Gathers every table but the top one; all pages have been unmapped. */
    void freeTables(Cpu cpu, Gather gather) {
        editor(cpu).unlinkEmptyTables(0, USER_BYTES, (table, bytes) -> gather.addTable(table));
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
