package svasim.check;

import svasim.trace.Kind;

/** I-70. */
final class EnqueuedPasidIsOwn extends Rule {
    EnqueuedPasidIsOwn() {
        super(
                "I-70",
                "The PASID that an ENQCMD carries is that of the address space its thread runs in.",
                Kind.ENQUEUED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.a() != seen.c()) {
            docket.broken(
                    this,
                    Finding.of("the address space has " + seen.c()).pasid(seen.a()).mm(seen.b()));
        }
    }
}
