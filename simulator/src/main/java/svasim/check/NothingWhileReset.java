package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.Tlp;
import svasim.trace.Kind;

/**
 * I-62, for devices that somebody is bound to: from the moment when a reset has torn their entries
 * down until these are there again.
 */
final class NothingWhileReset extends Rule {
    /** PASIDs whose entries a reset has torn down, by function. */
    private final Map<Long, Set<Long>> suspended = new HashMap<>();

    NothingWhileReset() {
        super(
                "I-62",
                "From the start of a reset to its end no translation or attach of the device"
                        + " succeeds.",
                Kind.SUSPENDED,
                Kind.RESUMED,
                Kind.UNBOUND,
                Kind.BOUND,
                Kind.TRANSLATED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case SUSPENDED -> of(seen.b()).add(seen.a());
            case RESUMED, UNBOUND -> of(seen.b()).remove(seen.a());
            case BOUND -> {
                if (!of(seen.b()).isEmpty()) {
                    broken("bound while the device is being reset", seen.a(), seen.b(), docket);
                }
            }
            default -> translated(seen, docket);
        }
    }

    private void translated(Observation seen, Docket docket) {
        if (suspended.isEmpty()) {
            return;
        }
        long requesterId = ((Tlp) seen.subject()).senderId();
        if (of(requesterId).contains(seen.a())) {
            String address = "0x" + Long.toHexString(seen.b());
            broken(address + " is translated while reset", seen.a(), requesterId, docket);
        }
    }

    private Set<Long> of(long requesterId) {
        return suspended.computeIfAbsent(requesterId, r -> new HashSet<>());
    }

    private void broken(String what, long pasid, long requesterId, Docket docket) {
        docket.broken(this, Finding.of(what).pasid(pasid).device(requesterId));
    }
}
