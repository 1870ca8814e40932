package svasim.paging;

import svasim.memory.PhysicalMemory;

/** Drives walks at once: no time passes, no cache is asked, nothing is written. */
public final class Walks {
    private Walks() {}

    /**
     * Runs the walk to its end against memory as it is now. Updates of accessed and dirty bits are
     * reported to the walk as won but not made.
     *
     * @return {@link Walk.Step#DONE} or {@link Walk.Step#FAULT}
     */
    public static Walk.Step runAtOnce(Walk walk, PhysicalMemory memory) {
        Walk.Step step = walk.next();
        while (step == Walk.Step.READ || step == Walk.Step.UPDATE) {
            if (!memory.answers(
                    walk.address(), step == Walk.Step.READ ? walk.bytes() : Long.BYTES)) {
                walk.unreadable();
            } else if (step == Walk.Step.UPDATE) {
                walk.updated(true);
            } else {
                long low = memory.readLong(walk.address());
                long high =
                        walk.bytes() > Long.BYTES
                                ? memory.readLong(walk.address() + Long.BYTES)
                                : 0;
                walk.data(low, high);
            }
            step = walk.next();
        }
        return step;
    }
}
