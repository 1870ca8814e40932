package svasim.check;

import java.util.Set;
import svasim.trace.Kind;

/** I-33. Looks at the open page requests when an unbind returns. */
final class NothingLeftAfterUnbind implements Invariant {
    private final PageRequestLedger requests;

    NothingLeftAfterUnbind(PageRequestLedger requests) {
        this.requests = requests;
    }

    @Override
    public String id() {
        return "I-33";
    }

    @Override
    public String statement() {
        return "After an unbind no page request of the device and PASID is left anywhere.";
    }

    @Override
    public Set<Kind> watches() {
        return Set.of(Kind.UNBOUND);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (requests.open((int) seen.b(), (int) seen.a())) {
            docket.broken(
                    this,
                    Finding.of("a page request was still open when the unbind returned")
                            .pasid(seen.a())
                            .device(seen.b()));
        }
    }
}
