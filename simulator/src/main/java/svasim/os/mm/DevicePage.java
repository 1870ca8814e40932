package svasim.os.mm;

import java.util.ArrayList;
import java.util.List;
import svasim.os.procedure.WaitQueue;

/**
 * A page of one or more processes in the memory of a device. Entries that name it count, and so
 * does whoever is at work on it.
 */
public final class DevicePage {
    private final DeviceMemory memory;
    private final long number;
    private final long offset;
    private final List<MappedAt> places = new ArrayList<>();
    private final WaitQueue unlocked = new WaitQueue("device folio lock");
    private int holds = 1;
    private boolean locked;

    DevicePage(DeviceMemory memory, long number, long offset) {
        this.memory = memory;
        this.number = number;
        this.offset = offset;
    }

    /** Where it lies in the device's memory. */
    public long offset() {
        return offset;
    }

    /** An address space with an entry that names the page, or null. */
    public Mm anyUser() {
        return places.isEmpty() ? null : places.get(0).mm();
    }

    /** Where {@link #anyUser} has the entry. */
    public long addressOfAnyUser() {
        return places.get(0).va();
    }

    /** Whether this is the only place where the page is. */
    public boolean isOnlyAt(Mm mm, long va) {
        return places.size() == 1 && places.get(0).equals(new MappedAt(mm, va));
    }

    DeviceMemory memory() {
        return memory;
    }

    long number() {
        return number;
    }

    List<MappedAt> places() {
        return places;
    }

    void hold() {
        holds++;
    }

    void release() {
        holds--;
    }

    boolean isUnused() {
        return holds == 0 && places.isEmpty();
    }

    boolean isLocked() {
        return locked;
    }

    void lock() {
        locked = true;
    }

    void unlock() {
        locked = false;
        unlocked.wakeAll();
    }

    WaitQueue unlocked() {
        return unlocked;
    }
}
