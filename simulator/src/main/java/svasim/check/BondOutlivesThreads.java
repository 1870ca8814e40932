package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-25. A bond may end because its address space ends or because its driver has stopped the device
 * for it; the end of a task is no reason.
 */
final class BondOutlivesThreads extends Rule {
    private final Set<Long> exiting = new HashSet<>();

    /** Those that a driver has let go; a device of the same group shares its table. */
    private final Set<Bond> released = new HashSet<>();

    /** PASIDs of guests, whose tasks and files are not the host's: their bonds end with these. */
    private final Set<Long> unboundByGuests = new HashSet<>();

    private record Bond(long pasid, long mm) {}

    BondOutlivesThreads() {
        super(
                "I-25",
                "A bond is cut when its address space ends or its file is released, not when a task"
                        + " ends.",
                Kind.MM_EXITING,
                Kind.BOUND,
                Kind.DEVICE_STOPPED,
                Kind.UNBINDING,
                Kind.GUEST_ACTION,
                Kind.CUT);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Bond bond = new Bond(seen.a(), seen.c());
        switch (seen.kind()) {
            case MM_EXITING -> exiting.add(seen.a());
            case BOUND -> released.remove(bond);
            case GUEST_ACTION -> unboundByGuests.add(seen.a());
            case DEVICE_STOPPED, UNBINDING -> released.add(bond);
            default -> {
                boolean ofGuest = unboundByGuests.remove(seen.a());
                if (!ofGuest && !released.contains(bond) && !exiting.contains(seen.c())) {
                    docket.broken(
                            this,
                            Finding.of("cut while its address space and its file are in use")
                                    .pasid(seen.a())
                                    .device(seen.b())
                                    .mm(seen.c()));
                }
            }
        }
    }
}
