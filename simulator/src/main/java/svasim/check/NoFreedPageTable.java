package svasim.check;

import svasim.memory.FrameUse;
import svasim.trace.Kind;

/** I-05. */
final class NoFreedPageTable extends Rule {
    private final FreedTables tables;

    NoFreedPageTable(FreedTables tables) {
        super(
                "I-05",
                "No walk reads a page of page tables after it was freed.",
                Kind.WALK_READ,
                Kind.FRAME_FREED,
                Kind.FRAME_ALLOCATED);
        this.tables = tables;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() != Kind.WALK_READ) {
            tables.on(seen);
        } else if (tables.of(seen.a()) == FrameUse.PAGE_TABLE) {
            docket.broken(this, Finding.of("a walk reads a freed page table").frame(seen.a()));
        }
    }
}
