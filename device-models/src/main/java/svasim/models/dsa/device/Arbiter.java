package svasim.models.dsa.device;

import java.util.List;
import java.util.function.Predicate;
import svasim.models.dsa.config.DsaConfig;

/**
 * Chooses the queue that an engine takes its next descriptor from. Queues that always have work are
 * served in proportion to their priorities, each as evenly spread as can be; equal ones in turn. A
 * queue without work saves nothing up. How the device weighs priorities is not published; the
 * proportion is that of Intel's measurements.
 */
final class Arbiter {
    private final int[] credits = new int[DsaConfig.QUEUES];

    /**
     * @param placeable whether an engine has room for a descriptor
     * @return the queue whose turn it is, of those that have something waiting; null if none has
     */
    WorkQueue next(List<WorkQueue> queues, Predicate<Work> placeable) {
        WorkQueue best = null;
        int total = 0;
        for (WorkQueue queue : queues) {
            int i = queue.index();
            if (!queue.hasWaiting()) {
                credits[i] = 0;
                continue;
            }
            if (!placeable.test(queue.peek())) {
                continue;
            }
            credits[i] += queue.config().priority();
            total += queue.config().priority();
            if (best == null || credits[i] > credits[best.index()]) {
                best = queue;
            }
        }
        if (best != null) {
            credits[best.index()] -= total;
        }
        return best;
    }
}
