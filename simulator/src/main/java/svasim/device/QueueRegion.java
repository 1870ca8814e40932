package svasim.device;

import svasim.os.defect.Defect;
import svasim.os.mm.VmaOperations;
import svasim.os.reference.Node;
import svasim.os.task.Platform;

/**
 * What a driver in the style of uacce keeps for a region of a queue that a program has mapped: made
 * by mmap, and freed when the mapping closes. It belongs to one mapping, so that the mapping may
 * not be copied, not even to move it.
 */
public final class QueueRegion implements VmaOperations {
    private final Platform platform;
    private final Node node;
    private boolean freed;

    public QueueRegion(String queue, Platform platform) {
        this.platform = platform;
        this.node = platform.references().node("queue region of " + queue);
    }

    /** Whether the region can be mapped once more. */
    public boolean isFreed() {
        return freed;
    }

    @Override
    public boolean mayMove() {
        return platform.defects().has(Defect.S16);
    }

    /** A mapping that was copied closes twice. */
    @Override
    public void close() {
        platform.references().used(node);
        if (!freed) {
            freed = true;
            platform.references().freed(node);
        }
    }
}
