package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;

/** Pages and page tables that are unmapped but not yet free (mmu_gather). */
final class Gather {
    private final List<Long> frames = new ArrayList<>();

    void add(long frame) {
        frames.add(frame);
    }

    boolean isEmpty() {
        return frames.isEmpty();
    }

    /** Frees everything gathered. */
    void free(Mm mm) {
        frames.forEach(mm.platform().frames()::free);
        frames.clear();
    }
}
