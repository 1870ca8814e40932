package svasim.check;

import java.util.HashMap;
import java.util.Map;
import svasim.trace.Kind;

/** I-13. */
final class OnePasidPerMm extends Rule {
    /** The number that an address space has now. */
    private final Map<Owner, Long> numbers = new HashMap<>();

    private record Owner(long mm, long space) {}

    OnePasidPerMm() {
        super(
                "I-13",
                "An address space that has a PASID gets no other one in the same space.",
                Kind.PASID_ALLOCATED,
                Kind.PASID_FREED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        Owner owner = new Owner(seen.b(), seen.c());
        if (seen.kind() == Kind.PASID_FREED) {
            numbers.remove(owner, seen.a());
            return;
        }
        Long before = numbers.put(owner, seen.a());
        if (before != null) {
            docket.broken(
                    this, Finding.of("it has " + before + " already").pasid(seen.a()).mm(seen.b()));
        }
    }
}
