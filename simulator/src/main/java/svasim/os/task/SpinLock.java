package svasim.os.task;

import svasim.os.procedure.Next;

/**
 * A lock whose taker keeps its core while it waits. A step takes it with {@code return
 * lock.take(this)}; steps from there to {@link #give} may not sleep.
 */
public final class SpinLock {
    private final String name;
    private Object owner;

    public SpinLock(String name) {
        this.name = name;
    }

    /** Goes on if the lock is free, else looks again after the step's cost, which is not 0. */
    public Next take(Object by) {
        if (owner != null && owner != by) {
            return Next.AGAIN;
        }
        owner = by;
        return Next.ON;
    }

    /** Whether somebody has the lock: a step that needs no more than itself looks at this only. */
    public boolean isTaken() {
        return owner != null;
    }

    /**
     * @throws IllegalStateException if somebody else has the lock
     */
    public void give(Object by) {
        if (owner != by) {
            throw new IllegalStateException(name + " is given back by " + by + ", not its owner");
        }
        owner = null;
    }
}
