package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.memory.DirtyLines;
import svasim.memory.PhysicalMemory;
import svasim.trace.Kind;

/** Lines of tables that memory does not have as the cores see them; shared by those who look. */
final class HeldLines {
    private final Set<Long> held = new HashSet<>();

    /** Lines of which memory still has what their frame was before it became a table. */
    private final Set<Long> filled = new HashSet<>();

    /** Takes note, however many users show the same. */
    void on(Observation seen) {
        if (seen.kind() == Kind.LINE_HELD) {
            held.add(seen.a());
            if (seen.b() == 1) {
                filled.add(seen.a());
            }
        } else {
            held.remove(seen.a());
            filled.remove(seen.a());
        }
    }

    /** Whether memory does not have the line of an address. */
    boolean holds(long address) {
        return held.contains(address & -DirtyLines.BYTES);
    }

    /** Whether memory has in place of a table what its frame was before. */
    boolean isOlderThanTable(long address) {
        return !filled.isEmpty() && filled.contains(address & -DirtyLines.BYTES);
    }

    /** Whether that is so for any line of a frame. */
    boolean isAnyOlderThanTable(long frame) {
        if (filled.isEmpty()) {
            return false;
        }
        for (long at = frame; at < frame + PhysicalMemory.FRAME_BYTES; at += DirtyLines.BYTES) {
            if (isOlderThanTable(at)) {
                return true;
            }
        }
        return false;
    }
}
