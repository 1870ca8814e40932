package svasim.check;

import svasim.trace.Kind;

/** I-33. Looks at the open page requests when an unbind returns. */
final class NothingLeftAfterUnbind extends Rule {
    private final PageRequestLedger requests;

    NothingLeftAfterUnbind(PageRequestLedger requests) {
        super(
                "I-33",
                "After an unbind no page request of the device and PASID is left anywhere.",
                Kind.UNBOUND);
        this.requests = requests;
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
