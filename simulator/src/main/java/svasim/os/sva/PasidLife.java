package svasim.os.sva;

import svasim.os.iommu.PasidEntry;
import svasim.pcie.tlp.PasidPrefix;
import svasim.trace.Kind;

/**
 * One PASID of one owner. With several devices the number is bound as long as one of them can
 * translate with it, and drained when nothing of any of them is under way.
 */
final class PasidLife {
    private final PasidLives lives;
    private final PasidSpace space;
    private final int pasid;
    private final PasidOwner owner;
    private final PasidReferences references;
    private PasidState state;

    /** Devices that can translate with the number. */
    private int live;

    /** Devices that were cut and not drained. */
    private int undrained;

    PasidLife(PasidLives lives, PasidSpace space, int pasid, PasidOwner owner) {
        this.lives = lives;
        this.space = space;
        this.pasid = pasid;
        this.owner = owner;
        this.references = new PasidReferences(this, lives.trace(), lives.lane());
        enter(PasidState.ALLOCATED);
    }

    int pasid() {
        return pasid;
    }

    PasidLives lives() {
        return lives;
    }

    PasidOwner owner() {
        return owner;
    }

    /** As requests carry it. */
    private int shown() {
        return pasid == PasidEntry.NO_PASID ? PasidPrefix.NONE : pasid;
    }

    /** Who uses the number, where a policy counts that. */
    PasidReferences references() {
        return references;
    }

    PasidState state() {
        return state;
    }

    /** A device can translate with the number from now on. */
    void bound(PasidEntry entry) {
        live++;
        lives.tell(Kind.BOUND, entry);
        become(PasidState.BOUND);
    }

    /** A device cannot translate with the number any more. */
    void cut(PasidEntry entry) {
        live--;
        undrained++;
        lives.tell(Kind.CUT, entry);
        if (live == 0) {
            become(PasidState.CUT);
        }
    }

    /** Nothing of a device with this number is under way. */
    void drained(PasidEntry entry) {
        undrained--;
        lives.tell(Kind.DRAINED, entry);
        if (live == 0 && undrained == 0) {
            become(PasidState.DRAINED);
        }
    }

    /** The number may be given away. */
    void free() {
        lives.freed(space, pasid);
        become(PasidState.FREED);
        lives.trace().tell(Kind.PASID_FREED, lives.lane(), shown(), owner.id(), space.id());
    }

    /** Frees the number unless that was done too early already. */
    void freeOnce() {
        if (state != PasidState.FREED) {
            free();
        }
    }

    /** Tells something else of an entry with this number. */
    void tell(Kind kind, PasidEntry entry) {
        lives.tell(kind, entry);
    }

    /** What happens to a number that was freed too early is not part of its life. */
    private void become(PasidState next) {
        if (next == state || state == PasidState.FREED) {
            return;
        }
        if (!state.canBecome(next)) {
            throw new IllegalStateException(
                    "PASID "
                            + pasid
                            + " of "
                            + owner.name()
                            + ": "
                            + state
                            + " cannot become "
                            + next);
        }
        enter(next);
    }

    private void enter(PasidState next) {
        state = next;
        lives.trace()
                .tell(
                        Kind.PASID_STATE,
                        lives.lane(),
                        shown(),
                        owner.id(),
                        space.id(),
                        next.toString());
    }
}
