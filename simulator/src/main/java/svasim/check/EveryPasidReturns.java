package svasim.check;

import java.util.Map;
import java.util.TreeMap;
import svasim.trace.Kind;

/** I-14. Counts the numbers that are out when every process has ended. */
final class EveryPasidReturns extends Rule {
    /** Owning mm, by space and number. */
    private final Map<String, Observation> out = new TreeMap<>();

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
            out.put(number, seen);
        } else {
            out.remove(number);
        }
    }

    @Override
    public void atEnd(Docket docket) {
        for (Observation allocated : out.values()) {
            docket.broken(
                    this,
                    Finding.of(
                                    "nothing is left to run, and mm "
                                            + allocated.b()
                                            + " still has the number")
                            .pasid(allocated.a())
                            .mm(allocated.b()));
        }
    }
}
