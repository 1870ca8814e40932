package svasim.replay;

import java.util.Set;
import java.util.TreeSet;

/** A command that the IOMMU has carried out: its first 128 bits, and what it still waits for. */
final class ExecutedCommand {
    private final long low;
    private final long high;
    private final Set<Long> outstanding;

    /**
     * @param outstanding Invalidate Requests that it has sent and that are not completed, each by a
     *     number
     */
    ExecutedCommand(long low, long high, Set<Long> outstanding) {
        this.low = low;
        this.high = high;
        this.outstanding = new TreeSet<>(outstanding);
    }

    boolean isOf(long word0, long word1) {
        return low == word0 && high == word1;
    }

    /** A device has completed a request, whoever has sent it. */
    void completed(long request) {
        outstanding.remove(request);
    }

    /** Whether every device has answered. */
    boolean isComplete() {
        return outstanding.isEmpty();
    }

    @Override
    public String toString() {
        return Long.toHexString(low) + " " + Long.toHexString(high);
    }
}
