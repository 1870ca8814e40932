package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.PasidPrefix;
import svasim.pcie.tlp.Tlp.PageGroupResponse;
import svasim.pcie.tlp.Tlp.PageRequest;
import svasim.trace.Kind;

/**
 * I-04. Counts how often a function was told that a page is there and asked for it again; a page
 * that was invalidated meanwhile may be asked for anew.
 */
final class GrantedPageIsThere extends Rule {
    /** Successes after which a further request for the page breaks the statement. */
    private static final int RETRIES = 3;

    private final Map<Page, Integer> granted = new HashMap<>();
    private final Map<Group, Page> asked = new HashMap<>();

    private record Page(int requesterId, int pasid, long address) {}

    private record Group(int requesterId, int index) {}

    GrantedPageIsThere() {
        super(
                "I-04",
                "After a successful answer to a page request the access succeeds within "
                        + RETRIES
                        + " retries.",
                Kind.TLP_SENT,
                Kind.PAGE_REQUEST_LOST,
                Kind.RANGE_INVALIDATE,
                Kind.PASID_FREED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case RANGE_INVALIDATE -> forget(seen.b(), seen.c());
            case PAGE_REQUEST_LOST -> lost((PageRequest) seen.subject());
            case PASID_FREED -> granted.keySet().removeIf(page -> page.pasid() == seen.a());
            default -> {
                if (!seen.isForwarded()) {
                    sent(seen.subject(), docket);
                }
            }
        }
    }

    private void forget(long start, long end) {
        granted.keySet()
                .removeIf(
                        page ->
                                Long.compareUnsigned(page.address(), start) >= 0
                                        && Long.compareUnsigned(page.address(), end) < 0);
    }

    /** The unit says success so that the device asks again: nothing was granted. */
    private void lost(PageRequest request) {
        asked.remove(new Group(request.requesterId(), request.prgIndex()));
    }

    private void sent(Object tlp, Docket docket) {
        if (tlp instanceof PageRequest request) {
            request(request, docket);
        } else if (tlp instanceof PageGroupResponse response) {
            Page page = asked.remove(new Group(response.destinationId(), response.prgIndex()));
            if (page != null && response.code() == PageGroupResponse.SUCCESS) {
                granted.merge(page, 1, Integer::sum);
            }
        }
    }

    private void request(PageRequest request, Docket docket) {
        if (request.stopMarker()) {
            return;
        }
        int pasid = PasidPrefix.number(request.pasid());
        Page page = new Page(request.requesterId(), pasid, request.pageAddress());
        asked.put(new Group(request.requesterId(), request.prgIndex()), page);
        if (granted.getOrDefault(page, 0) > RETRIES) {
            String what =
                    "page 0x" + Long.toHexString(page.address()) + " was granted and is asked for";
            docket.broken(
                    this, Finding.of(what + " again").pasid(pasid).device(page.requesterId()));
        }
    }
}
