package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-52. Work that a device takes for a number which it was bound to, and is no more, was not kept
 * from it.
 */
final class StoppedBeforeUnbind extends Rule {
    private final Set<Bond> stopped = new HashSet<>();

    /** By number, the bonds that no driver has ended; an empty set if it has ended them all. */
    private final Map<Long, Set<Use>> uses = new HashMap<>();

    /** Those that a driver wants to end; others are ended over its head. */
    private final Set<Use> asked = new HashSet<>();

    private record Use(long pasid, long requesterId, long mm) {}

    private record Bond(long pasid, long requesterId) {}

    StoppedBeforeUnbind() {
        super(
                "I-52",
                "A driver stops its device for a PASID before it unbinds, and gives it no work of the"
                        + " PASID afterwards.",
                Kind.BOUND,
                Kind.DEVICE_STOPPED,
                Kind.UNBINDING,
                Kind.UNBOUND,
                Kind.WORK_ACCEPTED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        switch (seen.kind()) {
            case BOUND -> {
                stopped.remove(bond);
                uses.computeIfAbsent(seen.a(), pasid -> new HashSet<>())
                        .add(new Use(seen.a(), seen.b(), seen.c()));
            }
            case DEVICE_STOPPED -> stopped.add(bond);
            case UNBOUND -> unbound(new Use(seen.a(), seen.b(), seen.c()));
            case WORK_ACCEPTED -> {
                if (Set.of().equals(uses.get(seen.a()))) {
                    docket.broken(this, Finding.of("work after the last unbind").pasid(seen.a()));
                }
            }
            default -> {
                asked.add(new Use(seen.a(), seen.b(), seen.c()));
                if (!stopped.contains(bond)) {
                    docket.broken(
                            this,
                            Finding.of("the device may still work for it")
                                    .pasid(seen.a())
                                    .device(seen.b()));
                }
            }
        }
    }

    private void unbound(Use use) {
        if (asked.remove(use) && uses.containsKey(use.pasid())) {
            uses.get(use.pasid()).remove(use);
        }
    }
}
