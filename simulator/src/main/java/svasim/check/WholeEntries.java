package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.memory.FrameUse;
import svasim.trace.Kind;

/**
 * I-06. An entry of 64 bytes is read in pieces of 16: when the first piece was valid (bit 0, as in
 * PASID entries of VT-d and stream table entries of SMMUv3), none of the others may have been
 * written since. Where entries of 32 bytes lie side by side, the second half is another entry: its
 * first read does not follow from one of the first half. What a walk reads past the caches of the
 * cores must at least have become a table in memory too.
 */
final class WholeEntries extends Rule {
    private static final long ENTRY = 64;
    private static final int PIECE = 16;
    private static final int HALF = 32;

    private final FreedTables tables;
    private final HeldLines held;

    /** When the first piece of an entry was read as valid, by the entry's address. */
    private final Map<Long, Long> begun = new HashMap<>();

    /** The last read of a piece of an entry. */
    private final Map<Long, Long> last = new HashMap<>();

    /** When a word was written, for entries that are being read. */
    private final Map<Long, Long> written = new HashMap<>();

    WholeEntries(FreedTables tables, HeldLines held) {
        super(
                "I-06",
                "No walk reads an entry half old and half new, or one of a table that was freed.",
                Kind.WALK_READ,
                Kind.TABLE_WRITTEN,
                Kind.LINE_HELD,
                Kind.LINE_WRITTEN_BACK,
                Kind.FRAME_FREED,
                Kind.FRAME_ALLOCATED);
        this.tables = tables;
        this.held = held;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case WALK_READ -> read(seen, docket);
            case TABLE_WRITTEN -> {
                if (begun.containsKey(seen.a() & -ENTRY)) {
                    written.put(seen.a(), seen.id());
                }
            }
            case LINE_HELD, LINE_WRITTEN_BACK -> held.on(seen);
            default -> tables.on(seen);
        }
    }

    private void read(Observation read, Docket docket) {
        if (tables.of(read.a()) == FrameUse.IOMMU_TABLE) {
            docket.broken(this, Finding.of("a walk reads a freed table").frame(read.a()));
        }
        if (held.isOlderThanTable(read.a())) {
            docket.broken(this, Finding.of("a walk reads what a table was before").frame(read.a()));
        }
        if (read.c() != PIECE) {
            return;
        }
        long entry = read.a() & -ENTRY;
        long before = last.getOrDefault(entry, 0L);
        last.put(entry, read.id());
        if (read.a() == entry + HALF && read.cause() != before) {
            begun.remove(entry);
        }
        if (read.a() == entry) {
            begin(entry, read);
        } else if (begun.containsKey(entry) && isTorn(read.a(), begun.get(entry))) {
            docket.broken(this, Finding.of("a walk has read half of a new entry").frame(entry));
        }
    }

    private void begin(long entry, Observation read) {
        begun.remove(entry);
        if ((read.b() & 1) != 0) {
            begun.put(entry, read.id());
        }
    }

    private boolean isTorn(long piece, long since) {
        return written.getOrDefault(piece, 0L) > since
                || written.getOrDefault(piece + Long.BYTES, 0L) > since;
    }
}
