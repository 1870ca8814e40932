package svasim.os.sva;

import java.util.EnumSet;
import java.util.Set;

/** The life of a PASID, from its allocation to the moment at which it may be given away again. */
public enum PasidState {
    /** An address space has the number; no device does. */
    ALLOCATED("allocated"),
    /** A device can translate with it. */
    BOUND("bound"),
    /** No device can translate with it any more, but requests may still be under way. */
    CUT("cut"),
    /** Nothing with this number is under way. */
    DRAINED("drained"),
    /** The number may be given to another address space. */
    FREED("freed");

    private final String label;

    PasidState(String label) {
        this.label = label;
    }

    /**
     * Whether software, right or wrong, can get from here to there. That a number was drained
     * before it is freed is not assumed here, but checked.
     */
    public boolean canBecome(PasidState next) {
        return following().contains(next);
    }

    private Set<PasidState> following() {
        return switch (this) {
            case ALLOCATED -> EnumSet.of(BOUND, FREED);
            case BOUND -> EnumSet.of(CUT, FREED);
            case CUT -> EnumSet.of(DRAINED, BOUND, FREED);
            case DRAINED -> EnumSet.of(BOUND, FREED);
            case FREED -> EnumSet.noneOf(PasidState.class);
        };
    }

    /** As scenario files write it, for example {@code "drained"}. */
    @Override
    public String toString() {
        return label;
    }
}
