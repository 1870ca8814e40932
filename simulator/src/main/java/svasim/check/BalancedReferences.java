package svasim.check;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import svasim.trace.Kind;

/** I-21. Counts what each holder has of each object. */
final class BalancedReferences extends Rule {
    private final Map<Edge, Integer> held = new HashMap<>();

    /** References to devices that page requests hold while they are handled. */
    private final Map<Long, Long> devices = new TreeMap<>();

    private record Edge(long from, long to) {}

    BalancedReferences() {
        super(
                "I-21",
                "Each reference that is put was got by the same holder, no counter falls below zero,"
                        + " and a page request that was handled holds its device no more.",
                Kind.REFERENCE_ADDED,
                Kind.REFERENCE_REMOVED,
                Kind.MM_REFERENCE,
                Kind.FILE_REFERENCE,
                Kind.FAULT_USER,
                Kind.DEVICE_REFERENCE);
    }

    @Override
    public void on(Observation seen, Docket docket) {
        switch (seen.kind()) {
            case REFERENCE_ADDED -> held.merge(new Edge(seen.a(), seen.b()), 1, Integer::sum);
            case REFERENCE_REMOVED -> removed(seen, docket);
            default -> {
                if (seen.kind() == Kind.DEVICE_REFERENCE) {
                    devices.put(seen.a(), seen.c());
                }
                if (seen.c() < 0) {
                    docket.broken(this, Finding.of(seen.subject() + " falls to " + seen.c()));
                }
            }
        }
    }

    private void removed(Observation seen, Docket docket) {
        Edge edge = new Edge(seen.a(), seen.b());
        if (held.merge(edge, -1, Integer::sum) < 0) {
            docket.broken(this, Finding.of("put and never got: " + seen.subject()));
        }
        held.remove(edge, 0);
    }

    /** Nothing is being handled any more: what is left will never be given back. */
    @Override
    public void atEnd(Docket docket) {
        devices.forEach(
                (device, references) -> {
                    if (references > 0) {
                        docket.broken(
                                this,
                                Finding.of(references + " references to the device were not put")
                                        .device(device));
                    }
                });
    }
}
