package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/** I-52. */
final class StoppedBeforeUnbind extends Rule {
    private final Set<Bond> stopped = new HashSet<>();

    private record Bond(long pasid, long requesterId) {}

    StoppedBeforeUnbind() {
        super(
                "I-52",
                "A driver stops its device for a PASID before it unbinds.",
                Kind.BOUND,
                Kind.DEVICE_STOPPED,
                Kind.UNBINDING);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.b());
        switch (seen.kind()) {
            case BOUND -> stopped.remove(bond);
            case DEVICE_STOPPED -> stopped.add(bond);
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
}
