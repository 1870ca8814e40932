package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.memory.DirtyLines;
import svasim.trace.Kind;

/**
 * I-51, for units that do not look into the caches of the cores: when memory has a valid entry (bit
 * 0) that leads to a table, it has the table. That the words of one entry change in order shows as
 * I-06 where somebody reads it.
 */
final class ValidBitLast extends Rule {
    private static final long VALID = 1;
    private static final long POINTER = 0x000F_FFFF_FFFF_F000L;

    private final HeldLines held;

    /** Tables that valid entries lead to which memory does not have yet, by the entries' words. */
    private final Map<Long, Long> waiting = new HashMap<>();

    ValidBitLast(HeldLines held) {
        super(
                "I-51",
                "An entry that leads to a table becomes valid in memory only when the table is"
                        + " there.",
                Kind.TABLE_WRITTEN,
                Kind.LINE_HELD,
                Kind.LINE_WRITTEN_BACK);
        this.held = held;
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.TABLE_WRITTEN) {
            written(seen.a(), seen.c(), docket);
            return;
        }
        held.on(seen);
        if (seen.kind() == Kind.LINE_WRITTEN_BACK && !waiting.isEmpty()) {
            for (long word = seen.a(); word < seen.a() + DirtyLines.BYTES; word += Long.BYTES) {
                Long table = waiting.remove(word);
                if (table != null) {
                    require(table, docket);
                }
            }
        }
    }

    private void written(long word, long value, Docket docket) {
        waiting.remove(word);
        if ((value & VALID) == 0) {
            return;
        }
        long table = value & POINTER;
        if (held.holds(word)) {
            waiting.put(word, table);
        } else {
            require(table, docket);
        }
    }

    private void require(long table, Docket docket) {
        if (held.isAnyOlderThanTable(table)) {
            docket.broken(
                    this, Finding.of("an entry leads to a table before it is there").frame(table));
        }
    }
}
