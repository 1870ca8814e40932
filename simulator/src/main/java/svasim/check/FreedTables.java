package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.memory.FrameUse;
import svasim.memory.PhysicalMemory;
import svasim.trace.Kind;

/**
 * Frames that were tables and are not any more, by what they were, whatever they are now; shared by
 * those who look.
 */
final class FreedTables {
    /** What its users have to show it. */
    static final Kind[] SOURCES = {Kind.FRAME_FREED, Kind.FRAME_ALLOCATED};

    private final Map<Long, FrameUse> freed = new HashMap<>();

    /** Takes note, however many users show the same. */
    void on(Observation seen) {
        FrameUse use = (FrameUse) seen.subject();
        if (use != FrameUse.PAGE_TABLE && use != FrameUse.IOMMU_TABLE) {
            return;
        }
        if (seen.kind() == Kind.FRAME_FREED) {
            freed.put(seen.a(), use);
        } else {
            freed.remove(seen.a());
        }
    }

    /** What the frame of an address was, if it was a table and is none now; else null. */
    FrameUse of(long address) {
        return freed.isEmpty() ? null : freed.get(address & -PhysicalMemory.FRAME_BYTES);
    }
}
