package svasim.check;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-34. Remembers whose the PASID was when a device asked for a page. While a bond comes about
 * nobody can be asked whose it is: until bind has returned no driver may let its device use the
 * number. What an earlier owner of the number left on its way is refused rightly.
 */
final class FaultOfRightMm extends Rule {
    private final Set<Long> exiting = new HashSet<>();

    /** Address space by bond, also of one that has ended. */
    private final Map<Bond, Long> owners = new HashMap<>();

    /** Address space by bond that comes about. */
    private final Map<Bond, Long> attaching = new HashMap<>();

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
                Kind.TARGET_ADDED,
                Kind.TARGET_REMOVED,
                Kind.BOUND,
                Kind.TLP_SENT,
                Kind.RETRY_FAULT,
                Kind.PAGE_FAULT_HANDLED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case MM_EXITING -> exiting.add(seen.a());
            case TARGET_ADDED -> attaching.put(bond(seen), seen.c());
            case TARGET_REMOVED -> attaching.remove(bond(seen));
            case BOUND -> {
                attaching.remove(bond(seen));
                owners.put(bond(seen), seen.c());
            }
            case PAGE_FAULT_HANDLED -> handled(seen, docket);
            case RETRY_FAULT -> sent((int) seen.a(), seen.b(), seen.c(), docket);
            default -> {
                if (!seen.isForwarded()
                        && seen.subject() instanceof PageRequest request
                        && !request.stopMarker()) {
                    int pasid = PasidPrefix.number(request.pasid());
                    sent(pasid, request.pageAddress(), request.requesterId(), docket);
                }
            }
        }
    }

    private static Bond bond(Observation seen) {
        return new Bond(seen.a(), seen.b());
    }

    private void sent(int pasid, long page, long requesterId, Docket docket) {
        pasids.computeIfAbsent(page, p -> new HashSet<>()).add((long) pasid);
        Bond bond = new Bond(pasid, requesterId);
        Long owner = owners.get(bond);
        Long next = attaching.get(bond);
        if (next != null && (owner == null || owner.equals(next))) {
            docket.broken(
                    this,
                    Finding.of("the device asks for a page before bind has returned")
                            .pasid(pasid)
                            .device(requesterId)
                            .mm(next));
        }
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
