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

    /** Devices that each number is bound to. */
    private final Map<Long, Set<Long>> bound = new HashMap<>();

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
                bound.computeIfAbsent(seen.a(), pasid -> new HashSet<>()).add(seen.b());
            }
            case DEVICE_STOPPED -> stopped.add(bond);
            case UNBOUND -> unbound(seen.a(), seen.b());
            case WORK_ACCEPTED -> {
                if (Set.of().equals(bound.get(seen.a()))) {
                    docket.broken(this, Finding.of("work after the last unbind").pasid(seen.a()));
                }
            }
            default -> {
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

    private void unbound(long pasid, long requesterId) {
        if (bound.containsKey(pasid)) {
            bound.get(pasid).remove(requesterId);
        }
    }
}
