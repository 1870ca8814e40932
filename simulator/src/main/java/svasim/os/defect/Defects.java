package svasim.os.defect;

import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;

/** The defects that are switched on in a run. */
public final class Defects {
    /** No defect: the software as it should be. */
    public static final Defects NONE = new Defects(Set.of());

    private final Set<Defect> on;

    public Defects(Collection<Defect> on) {
        this.on = on.isEmpty() ? EnumSet.noneOf(Defect.class) : EnumSet.copyOf(on);
    }

    public static Defects of(Defect first, Defect... more) {
        return new Defects(EnumSet.of(first, more));
    }

    public boolean has(Defect defect) {
        return on.contains(defect);
    }

    @Override
    public String toString() {
        return on.toString();
    }
}
