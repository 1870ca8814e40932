package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/** I-34. Remembers whose the PASID was when a device asked for a page. */
final class FaultOfRightMm extends Rule {
    private final Set<Long> exiting = new HashSet<>();

    /** Address space by bond, also of one that has ended. */
    private final Map<Bond, Long> owners = new HashMap<>();

    /** Address spaces for which a page was asked. */
    private final Map<Page, Set<Long>> asked = new HashMap<>();

    /** PASIDs with which a page was asked for. */
    private final Map<Long, Set<Long>> pasids = new HashMap<>();

    private record Bond(long pasid, long requesterId) {}

    private record Page(long pasid, long address) {}

    FaultOfRightMm() {
        super(
                "I-34",
                "A page request is resolved in the address space that had the PASID when it was"
                        + " sent, while that is in use.",
                Kind.MM_EXITING,
                Kind.BOUND,
                Kind.TLP_SENT,
                Kind.RETRY_FAULT,
                Kind.PAGE_FAULT_HANDLED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case MM_EXITING -> exiting.add(seen.a());
            case BOUND -> owners.put(new Bond(seen.a(), seen.b()), seen.c());
            case PAGE_FAULT_HANDLED -> handled(seen, docket);
            case RETRY_FAULT -> sent((int) seen.a(), seen.b(), seen.c());
            default -> {
                if (!seen.isForwarded()
                        && seen.subject() instanceof PageRequest request
                        && !request.stopMarker()) {
                    int pasid = PasidPrefix.number(request.pasid());
                    sent(pasid, request.pageAddress(), request.requesterId());
                }
            }
        }
    }

    private void sent(int pasid, long page, long requesterId) {
        pasids.computeIfAbsent(page, p -> new HashSet<>()).add((long) pasid);
        Long owner = owners.get(new Bond(pasid, requesterId));
        if (owner != null) {
            asked.computeIfAbsent(new Page(pasid, page), p -> new HashSet<>()).add(owner);
        }
    }

    private void handled(Observation seen, Docket docket) {
        long mm = seen.a();
        if (exiting.contains(mm)) {
            docket.broken(this, Finding.of("the address space is going").pasid(seen.c()).mm(mm));
        }
        Set<Long> owners = asked.get(new Page(seen.c(), seen.b()));
        Set<Long> askedWith = pasids.get(seen.b());
        boolean foreign = owners != null && !owners.contains(mm);
        if (foreign || askedWith != null && !askedWith.contains(seen.c())) {
            docket.broken(
                    this,
                    Finding.of("page 0x" + Long.toHexString(seen.b()) + " was asked for by another")
                            .pasid(seen.c())
                            .mm(mm));
        }
    }
}
