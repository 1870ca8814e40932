package svasim.scenario;

import svasim.trace.Kind;

/** Stations in the life of a PASID, as expectations name them. */
public enum Station {
    ALLOCATED(Kind.PASID_ALLOCATED),
    BOUND(Kind.BOUND),
    CUT(Kind.CUT),
    STOPPED(Kind.DEVICE_STOPPED),
    DRAINED(Kind.DRAINED),
    UNBOUND(Kind.UNBOUND),
    FREED(Kind.PASID_FREED);

    private final Kind kind;

    Station(Kind kind) {
        this.kind = kind;
    }

    /** The station that an observation of this kind stands for, or null. */
    public static Station of(Kind kind) {
        for (Station station : values()) {
            if (station.kind == kind) {
                return station;
            }
        }
        return null;
    }
}
