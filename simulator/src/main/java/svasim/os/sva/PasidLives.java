package svasim.os.sva;

import java.util.ArrayList;
import java.util.List;
import svasim.os.iommu.PasidEntry;
import svasim.os.mm.Mm;
import svasim.os.task.Platform;
import svasim.trace.Kind;
import svasim.trace.Trace;

/** The PASIDs of all address spaces, and what the trace is told of their lives. */
final class PasidLives {
    private final Platform platform;
    private final int lane;
    private final List<PasidSpace> spaces = new ArrayList<>();

    PasidLives(Platform platform) {
        this.platform = platform;
        this.lane = platform.trace().lane("pasids");
    }

    int lane() {
        return lane;
    }

    /** The space with this number; comes into being when asked for. */
    PasidSpace space(int id) {
        while (spaces.size() <= id) {
            spaces.add(new PasidSpace(spaces.size(), platform.defects()));
        }
        return spaces.get(id);
    }

    int inUse() {
        return spaces.stream().mapToInt(PasidSpace::inUse).sum();
    }

    /** Takes a number below the limit for an address space; null if none is free. */
    PasidLife allocate(PasidSpace space, int limit, Mm mm) {
        int pasid = space.allocate(limit, mm);
        if (pasid == PasidSpace.NONE) {
            return null;
        }
        trace().tell(Kind.PASID_ALLOCATED, lane, pasid, mm.id(), space.id());
        return new PasidLife(this, space, pasid, mm);
    }

    Trace trace() {
        return platform.trace();
    }

    void tell(Kind kind, PasidEntry entry) {
        trace().tell(
                        kind,
                        lane,
                        entry.pasid(),
                        entry.device().requesterId(),
                        entry.mm().id(),
                        entry.device().name());
    }
}
