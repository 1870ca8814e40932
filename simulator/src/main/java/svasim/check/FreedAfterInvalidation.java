package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.trace.Kind;

/**
 * I-55. A frame that was unmapped from an address space to which a device is bound waits for the
 * range's invalidation to return; when the PASID was cut, that has flushed everything.
 */
final class FreedAfterInvalidation extends Rule {
    /** Bonds with a live entry, by mm. */
    private final Map<Long, Set<Bond>> live = new HashMap<>();

    /** Unmapped frames whose invalidation has not returned. */
    private final Map<Long, Unmapped> waiting = new HashMap<>();

    private record Bond(long pasid, long requesterId) {}

    private record Unmapped(long mm, long va) {}

    FreedAfterInvalidation() {
        super(
                "I-55",
                "A page is freed only after every invalidation of its translation has returned.",
                Kind.BOUND,
                Kind.CUT,
                Kind.UNBOUND,
                Kind.PAGE_UNMAPPED,
                Kind.RANGE_INVALIDATED,
                Kind.FRAME_FREED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case BOUND -> bonds(seen.c()).add(new Bond(seen.a(), seen.b()));
            case CUT, UNBOUND -> end(seen.c(), new Bond(seen.a(), seen.b()));
            case PAGE_UNMAPPED -> unmapped(seen);
            case RANGE_INVALIDATED -> invalidated(seen.a(), seen.b(), seen.c());
            default -> freed(seen.a(), docket);
        }
    }

    private Set<Bond> bonds(long mm) {
        return live.computeIfAbsent(mm, m -> new HashSet<>());
    }

    private void end(long mm, Bond bond) {
        Set<Bond> bonds = bonds(mm);
        bonds.remove(bond);
        if (bonds.isEmpty()) {
            waiting.values().removeIf(page -> page.mm() == mm);
        }
    }

    private void unmapped(Observation seen) {
        if (!bonds(seen.a()).isEmpty()) {
            waiting.put(seen.c(), new Unmapped(seen.a(), seen.b()));
        }
    }

    private void invalidated(long mm, long start, long end) {
        waiting.values()
                .removeIf(
                        page ->
                                page.mm() == mm
                                        && Long.compareUnsigned(page.va(), start) >= 0
                                        && Long.compareUnsigned(page.va(), end) < 0);
    }

    private void freed(long frame, Docket docket) {
        Unmapped page = waiting.remove(frame);
        if (page != null) {
            for (Bond bond : bonds(page.mm())) {
                docket.broken(
                        this,
                        Finding.of(
                                        "freed before the invalidation of 0x"
                                                + Long.toHexString(page.va())
                                                + " returned")
                                .pasid(bond.pasid())
                                .frame(frame)
                                .device(bond.requesterId()));
            }
        }
    }
}
