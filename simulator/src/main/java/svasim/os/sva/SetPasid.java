package svasim.os.sva;

import svasim.trace.Kind;

/** A number of a set: as its owner knows it, as the bus carries it, and who uses it. */
public final class SetPasid {
    private final PasidSet set;
    private final int guest;
    private final PasidLife life;

    SetPasid(PasidSet set, int guest, PasidLife life) {
        this.set = set;
        this.guest = guest;
        this.life = life;
    }

    public PasidSet set() {
        return set;
    }

    /** The number as its owner knows it: guest PASID. */
    public int guest() {
        return guest;
    }

    /** The number that requests carry: host PASID. */
    public int host() {
        return life.pasid();
    }

    /** Number in the trace of the address space behind it, the same for no two. */
    public int id() {
        return life.owner().id();
    }

    PasidLife life() {
        return life;
    }

    /** Tells that the host does something to it, for the machine that owns it. */
    public void tellAction(String what, int requesterId) {
        life.lives()
                .trace()
                .tell(Kind.GUEST_ACTION, life.lives().lane(), host(), set.id(), requesterId, what);
    }

    /** Whether its owner has given it up; it sits idle until the last user lets go. */
    public boolean isFreePending() {
        return life.references().isFreePending();
    }

    /** Whether it may belong to somebody else already. */
    public boolean isReclaimed() {
        return life.state() == PasidState.FREED;
    }

    public boolean isHeldBy(String user) {
        return life.references().isHeldBy(user);
    }

    /** References that are held. */
    public int references() {
        return life.references().count();
    }

    /**
     * Takes a reference.
     *
     * @return false if the number is being freed, so that none is given any more
     */
    public boolean get(String user) {
        if (isFreePending() || isReclaimed()) {
            return false;
        }
        life.references().get(user);
        return true;
    }

    /** Gives a reference back, if the user has one; with the last one the number is reclaimed. */
    public void put(String user) {
        life.references().put(user);
        if (!life.references().isHeld()) {
            set.reclaimed(this);
        }
    }
}
