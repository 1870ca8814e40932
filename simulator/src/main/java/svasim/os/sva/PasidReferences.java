package svasim.os.sva;

import svasim.os.reference.Counter;
import svasim.trace.Kind;
import svasim.trace.Trace;

/**
 * Who uses a number (reference 2.9): it is reclaimed with the last reference, and whoever frees it
 * before only asks for that. Then no new reference is given, and the number sits idle until the
 * others are gone.
 */
final class PasidReferences {
    private final PasidLife life;
    private final Trace trace;
    private final int lane;
    private final Counter counter;
    private boolean freePending;

    PasidReferences(PasidLife life, Trace trace, int lane) {
        this.life = life;
        this.trace = trace;
        this.lane = lane;
        this.counter = new Counter(trace, Kind.PASID_REFERENCE, lane, life.pasid(), "ioasid");
    }

    boolean isFreePending() {
        return freePending;
    }

    /** Whether anybody holds the number. */
    boolean isHeld() {
        return counter.value() > 0;
    }

    int count() {
        return counter.value();
    }

    boolean isHeldBy(String user) {
        return counter.holders().containsKey(user);
    }

    void get(String user) {
        counter.get(user);
    }

    /** Ignored if the user has none: it was told before. */
    void put(String user) {
        if (isHeldBy(user) && counter.put(user)) {
            life.freeOnce();
        }
    }

    /** From now on no reference is given; true the first time. */
    boolean beginFree() {
        boolean first = !freePending;
        freePending = true;
        if (first) {
            trace.tell(
                    Kind.PASID_FREE_PENDING,
                    lane,
                    life.pasid(),
                    life.owner().id(),
                    counter.value());
        }
        return first;
    }

    /** Tells that a user of the number hears of an event, once for each change of state. */
    void notify(PasidEvent event, String user) {
        trace.tell(Kind.PASID_NOTIFIED, lane, life.pasid(), counter.value(), 0, event + " " + user);
    }
}
