package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.pcie.tlp.Tlp.InvalidateRequest;
import svasim.trace.Kind;

/**
 * I-47. A function that was reset or is gone owes no completion, but whoever waits has to stop. The
 * software that waits is a notifier, seldom allowed to sleep, so that its time is limited too.
 */
final class InvalidationsEnd extends Rule {
    private final Waits<Tag> requests;
    private final Waits<Range> ranges;

    private final Map<Tag, Long> pasids = new HashMap<>();

    private record Tag(int requesterId, long itag) {}

    private record Range(long mm, long start, long end) {}

    InvalidationsEnd(Bounds bounds) {
        super(
                "I-47",
                "Each invalidation of a device's cache ends: it is completed, or given up because"
                        + " the device does not answer, within "
                        + bounds.invalidation()
                        + ", and no notifier takes longer than "
                        + bounds.notifier()
                        + ".",
                Kind.INVALIDATION_SENT,
                Kind.INVALIDATION_COMPLETED,
                Kind.INVALIDATION_GIVEN_UP,
                Kind.RANGE_INVALIDATE,
                Kind.RANGE_INVALIDATED);
        requests = new Waits<>(bounds.invalidation().value());
        ranges = new Waits<>(bounds.notifier().value());
    }

    @Override
    public void on(Observation seen, Docket docket) {
        requests.overdue(seen.timePs(), tag -> broken(tag, "has waited too long", docket));
        ranges.overdue(
                seen.timePs(),
                range ->
                        docket.broken(
                                this, Finding.of("a notifier takes too long").mm(range.mm())));
        switch (seen.kind()) {
            case INVALIDATION_SENT -> {
                int requesterId = ((InvalidateRequest) seen.subject()).destinationId();
                Tag tag = new Tag(requesterId, seen.c());
                requests.begin(tag, seen.timePs());
                pasids.put(tag, seen.a());
            }
            case RANGE_INVALIDATE ->
                    ranges.begin(new Range(seen.a(), seen.b(), seen.c()), seen.timePs());
            case RANGE_INVALIDATED -> ranges.end(new Range(seen.a(), seen.b(), seen.c()));
            default -> requests.end(new Tag((int) seen.a(), Long.numberOfTrailingZeros(seen.b())));
        }
    }

    @Override
    public void atEnd(Docket docket) {
        requests.open().forEach(tag -> broken(tag, "is not waited for any more", docket));
    }

    private void broken(Tag tag, String what, Docket docket) {
        docket.broken(
                this,
                Finding.of("the answer to ITag " + tag.itag() + " " + what)
                        .pasid(pasids.get(tag))
                        .device(tag.requesterId()));
    }
}
