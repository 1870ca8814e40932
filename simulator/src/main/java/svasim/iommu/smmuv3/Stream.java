package svasim.iommu.smmuv3;

import svasim.paging.Stage;

/**
 * A legal stream table entry as translation uses it.
 *
 * @param entry the words
 * @param world its stream world
 * @param vmid tag of its translations, 0 where VMIDs do not exist
 * @param contexts number of contexts as a power of 2; 0 if there are no substreams
 * @param second stage 2, or null
 */
record Stream(StreamTableEntry entry, World world, int vmid, int contexts, Stage second) {
    boolean stage1() {
        return entry.stage1();
    }

    /** Whether the context depends on the substream. */
    boolean substreams() {
        return contexts > 0;
    }

    boolean hasContext(int index) {
        return index >>> contexts == 0;
    }

    /** Whether contexts lie in two levels of tables. */
    boolean twoLevelContexts() {
        return substreams() && entry.s1Fmt() != 0;
    }
}
