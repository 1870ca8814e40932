package svasim.check;

import java.util.LinkedHashMap;
import java.util.Map;
import svasim.pcie.tlp.Tlp.InvalidateRequest;
import svasim.trace.Kind;

/** I-47. A function that was reset or is gone owes no completion. */
final class InvalidationsEnd extends Rule {
    private final Map<Tag, Long> open = new LinkedHashMap<>();

    private record Tag(int requesterId, long itag) {}

    InvalidationsEnd() {
        super(
                "I-47",
                "Each invalidation of a device's cache ends: it is completed, or given up because"
                        + " the device does not answer.",
                Kind.INVALIDATION_SENT,
                Kind.INVALIDATION_COMPLETED,
                Kind.INVALIDATION_GIVEN_UP);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.INVALIDATION_SENT) {
            int requesterId = ((InvalidateRequest) seen.subject()).destinationId();
            open.put(new Tag(requesterId, seen.c()), seen.a());
        } else {
            int itag = Long.numberOfTrailingZeros(seen.b());
            open.remove(new Tag((int) seen.a(), itag));
        }
    }

    @Override
    public void atEnd(Docket docket) {
        open.forEach(
                (tag, pasid) ->
                        docket.broken(
                                this,
                                Finding.of("nobody waits for ITag " + tag.itag() + " any more")
                                        .pasid(pasid)
                                        .device(tag.requesterId())));
    }
}
