package svasim.check;

import java.util.Map;
import java.util.TreeMap;
import svasim.trace.Kind;

/** I-14. Counts the numbers that are out when every process has ended. */
final class EveryPasidReturns extends Rule {
    /** By space and number. */
    private final Map<String, Allocated> out = new TreeMap<>();

    private record Allocated(long pasid, long mm) {}

    EveryPasidReturns() {
        super(
                "I-14",
                "Every PASID that was handed out is given back when its users are gone.",
                Kind.PASID_ALLOCATED,
                Kind.PASID_FREED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        String number = seen.c() + ":" + seen.a();
        if (seen.kind() == Kind.PASID_ALLOCATED) {
            out.put(number, new Allocated(seen.a(), seen.b()));
        } else {
            out.remove(number);
        }
    }

    @Override
    public void atEnd(Docket docket) {
        for (Allocated allocated : out.values()) {
            docket.broken(
                    this,
                    Finding.of(
                                    "nothing is left to run, and mm "
                                            + allocated.mm()
                                            + " still has the number")
                            .pasid(allocated.pasid())
                            .mm(allocated.mm()));
        }
    }
}
