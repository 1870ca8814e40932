package svasim.iommu.core;

import java.util.StringJoiner;

/** Collects what a unit waits for, for {@link Iommu#waitingFor}. */
public final class Waits {
    private final StringJoiner waits = new StringJoiner(", ");

    /** Adds a reason if there are any such things. */
    public Waits add(int count, String what) {
        if (count > 0) {
            waits.add(count + " " + what);
        }
        return this;
    }

    /** All reasons after the unit's name; empty without reason. */
    public String text(String unit) {
        return waits.length() == 0 ? "" : unit + ": " + waits;
    }
}
