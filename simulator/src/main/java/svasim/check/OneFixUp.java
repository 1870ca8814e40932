package svasim.check;

import java.util.HashSet;
import java.util.Set;
import svasim.trace.Kind;

/** I-71. */
final class OneFixUp extends Rule {
    private final Set<User> fixed = new HashSet<>();

    private record User(long task, long mm) {}

    OneFixUp() {
        super(
                "I-71",
                "A thread of an address space with a PASID takes one #GP at most for ENQCMD, and no"
                        + " SIGSEGV.",
                Kind.PASID_FIXED_UP,
                Kind.PASID_FIX_UP_REFUSED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        if (seen.kind() == Kind.PASID_FIX_UP_REFUSED) {
            if (seen.c() > 0) {
                docket.broken(
                        this, Finding.of("the thread gets SIGSEGV").pasid(seen.c()).mm(seen.b()));
            }
        } else if (!fixed.add(new User(seen.a(), seen.b()))) {
            docket.broken(this, Finding.of("a second #GP").pasid(seen.c()).mm(seen.b()));
        }
    }
}
