package svasim.iommu.core;

import java.util.function.Function;
import svasim.pcie.tlp.PasidPrefix;

/**
 * A queue between software and a unit, for people who look at it; read-only.
 *
 * @param title what it is called, for example "invalidation queue"
 * @param ring its indexes
 * @param says what an entry means in a few words, by its first two words
 */
public record QueueView(String title, MemoryQueue ring, Function<long[], String> says) {
    /** What a page request says, alike in every unit. */
    public static String pageRequest(int pasid, long page, int group) {
        String of = pasid == PasidPrefix.NONE ? "" : " of PASID " + pasid;
        return "page 0x" + Long.toHexString(page) + of + ", group " + group;
    }
}
