package svasim.os.mm;

import java.util.Collection;
import svasim.kernel.Kernel;
import svasim.kernel.RandomStream;

/** How much longer than usual each allocation of a page takes. */
final class AllocationTimes {
    private static final long WHOLE = 1L << 30;

    private final Collection<SlowAllocation> slow;
    private final RandomStream random;

    AllocationTimes(MmConfig config, Kernel kernel) {
        slow = config.slowAllocations().values();
        random = kernel.random("os.mm.allocation");
    }

    /** Extra time of the next allocation, in picoseconds; 0 for a usual one. */
    long nextExtraPs() {
        if (slow.isEmpty()) {
            return 0;
        }
        long drawn = random.below(WHOLE);
        for (SlowAllocation kind : slow) {
            long share = Math.round(kind.share() * WHOLE);
            if (drawn < share) {
                return kind.extra().value();
            }
            drawn -= share;
        }
        return 0;
    }
}
