package svasim.os.task;

import java.util.List;
import svasim.os.procedure.Next;
import svasim.os.procedure.WaitQueue;

/**
 * A sleeping lock. A step takes it with {@code return lock.take(this)} and is run again until it
 * has it; the owner is the variables of the call that took it.
 */
public final class Mutex implements WaitQueue.Held {
    private final String name;
    private final WaitQueue queue;
    private Object owner;

    public Mutex(String name) {
        this.name = name;
        this.queue = new WaitQueue("lock", this);
    }

    /** Goes on if the lock is free or already the caller's, else waits. */
    public Next take(Object by) {
        if (owner != null && owner != by) {
            return Next.await(queue);
        }
        owner = by;
        return Next.ON;
    }

    @Override
    public List<Object> owners() {
        return owner == null ? List.of() : List.of(owner);
    }

    @Override
    public String toString() {
        return name;
    }

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
        queue.wakeAll();
    }
}
