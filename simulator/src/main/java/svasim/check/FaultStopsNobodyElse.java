package svasim.check;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Set;
import svasim.trace.Kind;

/** I-42. Work that a device has begun for one PASID ends, whatever happened to another one. */
final class FaultStopsNobodyElse extends Rule {
    private final Set<Work> open = new LinkedHashSet<>();
    private final Set<Long> faulted = new HashSet<>();

    private record Work(long pasid, long number) {}

    FaultStopsNobodyElse() {
        super(
                "I-42",
                "A fault of one PASID stops neither the function nor the work of other PASIDs.",
                Kind.WORK_STARTED,
                Kind.WORK_DONE,
                Kind.TRANSLATION_FAULTED);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case WORK_STARTED -> open.add(new Work(seen.a(), seen.c()));
            case WORK_DONE -> open.remove(new Work(seen.a(), seen.c()));
            default -> faulted.add(seen.a());
        }
    }

    @Override
    public void atEnd(Docket docket) {
        for (Work work : open) {
            long pasid = work.pasid();
            boolean others = faulted.stream().anyMatch(other -> other != pasid);
            if (others) {
                docket.broken(
                        this,
                        Finding.of("its work never ends, and another PASID has faulted")
                                .pasid(pasid));
            }
        }
    }
}
